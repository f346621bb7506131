import { type ChatRequest, UpstreamError } from "@nio/adapters"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import type { LiveChannel } from "../live/live.ts"
import { attempts } from "../routing/attempts.ts"
import { upstreamOf } from "../routing/upstream-of.ts"
import { admit } from "./admit.ts"
import { refused } from "./no-answer.ts"
import { inputText } from "./settle.ts"
import { takeTurn } from "./take-turn.ts"

type Counting = { id: string; actor: Actor; request: ChatRequest; signal: AbortSignal }

/**
 * How many tokens a request is: as an upstream of its dialect counts them, else by our own count.
 * Costs nothing.
 *
 * @throws AppError as `admit` and `takeTurn` do, `upstream.refused`; the signal's reason
 */
export async function countTokens(deps: Deps, counting: Counting): Promise<number> {
  const live = deps.live.current()
  const { channels } = admit(live, deps.providers, { ...counting, source: "relay" }, deps.now())
  const turn = await takeTurn(deps, live, counting, { input: 0, output: 0 })
  try {
    const { native, messages } = counting.request
    return (
      (await countedUpstream(deps, counting, channels)) ??
      (await deps.tokens.count(inputText(native?.body ?? messages)))
    )
  } finally {
    turn.leave()
  }
}

async function countedUpstream(
  deps: Deps,
  { request: { model, native }, signal }: Counting,
  channels: readonly LiveChannel[],
): Promise<number | undefined> {
  for (const attempt of attempts({ channels, model }, deps)) {
    const provider = deps.providers.get(attempt.channel.provider)
    if (!native || !provider?.countTokens || provider.dialect !== native.dialect) return undefined
    try {
      return await provider.countTokens(native, attempt.model, upstreamOf(deps, attempt, signal))
    } catch (error) {
      if (signal.aborted || !(error instanceof UpstreamError)) throw error
      if (error.kind === "invalid-request") throw refused(error)
      const { kind, message } = error
      deps.log.warn("count failed", { channel: attempt.channel.id, kind, message })
    }
  }
  return undefined
}
