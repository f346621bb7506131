import type { UpstreamError } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import type { LiveChannel } from "../live/live.ts"
import type { Attempt } from "../routing/attempts.ts"

/** What an upstream asked for is waited for when it is over so soon, and nobody else is left. */
const restMsMax = 5_000
/** Before another key of an upstream that has no capacity: doubled each time. */
const firstMs = 500
const longestMs = 8_000

/** `made` attempts were made; the last one failed so. */
type Situation = {
  made: number
  failure: UpstreamError | undefined
  channels: readonly LiveChannel[]
}

/**
 * How long to wait before an attempt. Only where there is nobody else to ask: a key that rests is
 * asked when its rest is over, should that be soon, and a channel that is overloaded is given a
 * moment before its next key.
 */
export function pauseBefore(
  { health, now, random }: Pick<Deps, "health" | "now" | "random">,
  attempt: Attempt,
  { made, failure, channels }: Situation,
): number {
  const restMs = health.welcomeAt(attempt) - now()
  if (restMs > 0) return restMs <= restMsMax ? restMs : 0
  if (failure?.kind !== "overloaded" || channels.length > 1) return 0
  const ms = Math.min(firstMs * 2 ** (made - 1), longestMs)
  return ms * (1 - random() / 4)
}

/** @throws the signal's reason when the caller gives up */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return
  await new Promise<void>((resolve, reject) => {
    const give = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", give)
      resolve()
    }, ms)
    signal.addEventListener("abort", give, { once: true })
    if (signal.aborted) give()
  })
}
