import type { UpstreamError } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { LiveChannel } from "../live/live.ts"

type Asked = { channels: readonly LiveChannel[]; model: string }

/** What is said when everybody was asked: when to come again, where that is known. */
export function nobodyAnswers(
  { health, now }: Pick<Deps, "health" | "now">,
  { channels, model }: Asked,
  failure: UpstreamError | undefined,
): AppError {
  if (failure?.kind === "timeout") return new AppError("upstream.timeout", { model }, failure)
  const waits = channels.map(
    (channel) => health.backAt(channel, channel.serves.get(model) ?? model) - now(),
  )
  const waitMs = Math.min(...waits, failure?.retryAfterMs ?? Number.POSITIVE_INFINITY)
  if (!(waitMs > 0 && waitMs < Number.POSITIVE_INFINITY))
    return new AppError("upstream.unavailable", { model }, failure)
  const seconds = Math.ceil(waitMs / 1_000)
  return new AppError("upstream.busy", { model, seconds }, failure)
}

/** The upstream's own words, which clients act on (`context_length_exceeded`). */
export function refused(error: UpstreamError): AppError {
  const { message, status, code, param, type } = error
  return new AppError(
    "upstream.refused",
    {
      message,
      ...(status !== undefined && status >= 400 && status < 500 && { status }),
      ...(code !== undefined && { code }),
      ...(param !== undefined && { param }),
      ...(type !== undefined && { type }),
    },
    error,
  )
}
