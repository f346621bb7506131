import { z } from "zod"
import type { ChannelTestPlan, ChannelTestRound } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { servesOf } from "../live/serves.ts"
import { type DraftChannel, draftChannel } from "./draft-channel.ts"
import { testModel } from "./test-channel.ts"

/** Tests under way at once, so that a round is neither slow nor a burst that upstreams refuse. */
const atOnce = 4
const testsMax = 5_000
/** How long a round can be asked about. */
const roundTtlMs = 3_600_000

type Task = { channelId: string; draft: DraftChannel; model: string }

/**
 * Begins a round of tests, every model of every channel named, and says how to ask about it. The
 * round goes on without whoever began it.
 * @throws AppError `channel.not-found`, `input.invalid`
 */
export async function testChannels(
  deps: Deps,
  actor: Actor,
  { ids, models }: ChannelTestPlan,
): Promise<{ roundId: string; total: number }> {
  requireAdmin(actor)
  const tasks: Task[] = []
  for (const id of new Set(ids)) {
    const draft = await draftChannel(deps, { id })
    const offered = [...servesOf(draft.channel).keys()]
    const chosen = models ? offered.filter((model) => models.includes(model)) : offered
    tasks.push(...chosen.map((model) => ({ channelId: id, draft, model })))
  }
  if (tasks.length > testsMax)
    throw new AppError("input.invalid", { detail: `more than ${testsMax} tests at once` })
  const roundId = deps.newId()
  const round: ChannelTestRound = { total: tasks.length, done: tasks.length === 0, results: [] }
  await save(deps, roundId, round)
  void run(deps, roundId, round, tasks)
  return { roundId, total: tasks.length }
}

/** How far a round is; undefined when nobody remembers it. */
export async function getTestRound(
  deps: Deps,
  actor: Actor,
  roundId: string,
): Promise<ChannelTestRound | null> {
  requireAdmin(actor)
  const stored = await deps.kv.get(keyOf(roundId))
  return stored === undefined ? null : roundSchema.parse(JSON.parse(stored))
}

const roundSchema = z.custom<ChannelTestRound>((value) => typeof value === "object")
const keyOf = (roundId: string) => `channel-tests:${roundId}`
const save = ({ kv }: Deps, roundId: string, round: ChannelTestRound) =>
  kv.set(keyOf(roundId), JSON.stringify(round), roundTtlMs)

/** Never rejects: nobody waits for it. */
async function run(deps: Deps, roundId: string, round: ChannelTestRound, tasks: readonly Task[]) {
  const left = tasks.values()
  const work = async () => {
    for (const { channelId, draft, model } of left) {
      const test = await testModel(deps, draft, model)
      round.results.push({ channelId, model, test })
      await save(deps, roundId, round)
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
    round.done = true
    await save(deps, roundId, round)
  } catch (cause) {
    deps.log.error("a round of channel tests ended early", { roundId, cause })
  }
}
