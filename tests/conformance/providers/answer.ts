import type { ChatEvent, FinishReason, Signs, Usage } from "@nio/adapters"

/** One alternative answer, put together. */
export type Told = {
  text: string
  reasoning: string
  refusal: string
  calls: { id: string; name: string; arguments: string }[]
  images: number
  finish: FinishReason | undefined
}

export type Outcome = {
  choices: Record<number, Told>
  usage: Usage | undefined
  /** Kind of the error it ended with. */
  error: string | undefined
}

export const nothingTold = (): Told => ({
  text: "",
  reasoning: "",
  refusal: "",
  calls: [],
  images: 0,
  finish: undefined,
})

/** Puts the events together the way a consumer would. */
export function assemble(events: readonly ChatEvent[], error: string | undefined): Outcome {
  const outcome: Outcome = { choices: {}, usage: undefined, error }
  for (const event of events) {
    if (event.type === "usage") {
      outcome.usage = event.usage
      continue
    }
    outcome.choices[event.choice] ??= nothingTold()
    add(outcome.choices[event.choice]!, event)
  }
  return outcome
}

function add(told: Told, event: Exclude<ChatEvent, { type: "usage" }>) {
  switch (event.type) {
    case "text":
    case "reasoning":
    case "refusal":
      told[event.type] += event.delta
      break
    case "image":
      told.images += 1
      break
    case "finish":
      told.finish = event.reason
      break
    case "tool-call":
      told.calls[event.index] ??= { id: event.id!, name: event.name!, arguments: "" }
      told.calls[event.index]!.arguments += event.argumentsDelta
  }
}

/** What was seen without reading the events. */
export const lastSigns = (signs: readonly Signs[]) => ({
  usage: signs.findLast(({ usage }) => usage)?.usage,
  finish: signs.findLast(({ finish }) => finish)?.finish,
})
