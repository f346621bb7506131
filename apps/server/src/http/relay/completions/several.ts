import type { Batch, ChatEvent, ChatRequest, Usage } from "@nio/adapters"
import type { Deps } from "../../../core/deps.ts"
import { generate } from "../../../core/generation/generate.ts"
import type { Ask, Generation } from "../../../core/generation/generation.ts"

/** Asks for several answers at once, each paid for by itself. None is begun in vain when one is refused. */
export async function generateEach(deps: Deps, ask: Ask, requests: readonly ChatRequest[]) {
  const begun = await Promise.allSettled(
    requests.map((request, at) =>
      generate(deps, { ...ask, request, id: at === 0 ? ask.id : deps.newId() }),
    ),
  )
  const generations = begun.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))
  const refused = begun.find((one) => one.status === "rejected")
  if (!refused) return asOne(generations, requests[0]?.choices ?? 1)
  for (const generation of generations) generation.close()
  throw refused.reason
}

/**
 * Answers to several prompts as one, in their order. Choices are numbered through all of them, each
 * prompt has as many.
 */
function asOne(generations: readonly Generation[], choicesEach: number): Generation {
  const [first] = generations
  let at = 0

  async function next(): Promise<Batch | undefined> {
    for (; at < generations.length; at++) {
      const batch = await generations[at]!.next().catch((cause) => {
        close()
        throw cause
      })
      if (batch) return renumbered(batch, at * choicesEach)
    }
    return undefined
  }

  function close() {
    for (const generation of generations) generation.close()
  }

  return {
    ...first!,
    dialect: undefined,
    stream: false,
    next,
    close,
    bill: Promise.all(generations.map(({ bill }) => bill)).then((bills) => ({
      charge: bills.reduce((sum, { charge }) => sum + charge, 0),
      usage: sumOf(bills.map(({ usage }) => usage)),
      usageFrom: bills[0]!.usageFrom,
      plan: bills.find(({ plan }) => plan !== null)?.plan ?? null,
    })),
  }
}

/** What each prompt used is told together, once all have ended. */
function renumbered({ bytes, events, signs }: Batch, from: number): Batch {
  return {
    bytes,
    signs,
    events: events.flatMap((event): ChatEvent[] =>
      event.type === "usage" ? [] : [{ ...event, choice: event.choice + from }],
    ),
  }
}

const sumOf = (usages: readonly Usage[]): Usage => ({
  input: usages.reduce((sum, { input }) => sum + input, 0),
  output: usages.reduce((sum, { output }) => sum + output, 0),
})
