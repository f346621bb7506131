import { type Answer, type Batch, UpstreamError } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { LiveChannel } from "../live/live.ts"
import { type Attempt, attempts } from "../routing/attempts.ts"
import { upstreamOf } from "../routing/upstream-of.ts"
import type { Ask } from "./generation.ts"
import { mayRepeat, perform, type Work } from "./work.ts"

/** Beyond this no further attempt is begun: the caller has waited long enough. */
const attemptsMs = 300_000

/** An attempt that has said its first words; `first` is undefined when the answer is empty. */
export type Committed = {
  attempt: Attempt
  answer: Answer
  first: Batch | undefined
  /** From 1. */
  attempts: number
}

/**
 * Tries one attempt after another until an upstream says something. From then on we are committed:
 * half an answer cannot be continued by someone else.
 *
 * @throws AppError `upstream.refused`, `upstream.timeout`, `upstream.unavailable`; the signal's reason
 */
export async function firstToAnswer(
  deps: Deps,
  { request, signal, trace }: Ask,
  channels: readonly LiveChannel[],
): Promise<Committed> {
  const giveUpAt = deps.now() + attemptsMs
  let failure: UpstreamError | undefined
  let tried = 0

  for (const attempt of attempts(channels, request.model, deps.health, deps.random)) {
    if (deps.now() > giveUpAt) break
    tried++
    const waited = trace?.asks(attempt.channel.id)
    try {
      const { answer, first } = await begin(deps, attempt, request, signal).finally(waited)
      deps.health.succeeded(attempt)
      return { attempt, answer, first, attempts: tried }
    } catch (error) {
      failure = passOver(error, signal)
      deps.health.failed(attempt, failure)
      const { kind, status, message } = failure
      deps.log.warn("attempt failed", { channel: attempt.channel.id, kind, status, message })
      if (!mayRepeat(request, failure)) break
    }
  }
  const code = failure?.kind === "timeout" ? "upstream.timeout" : "upstream.unavailable"
  throw new AppError(code, { model: request.model }, failure)
}

async function begin(deps: Deps, attempt: Attempt, request: Work, signal: AbortSignal) {
  const { channel, model } = attempt
  const provider = deps.providers.get(channel.provider)
  if (!provider) throw new UpstreamError("bad-response", `no provider ${channel.provider}`)

  const upstream = upstreamOf(deps, attempt, signal)
  const answer = await perform(provider, request, model, upstream)
  try {
    return { answer, first: await answer.next() }
  } catch (error) {
    answer.close()
    throw error
  }
}

/** Returns the errors another channel may not have; throws those that are the caller's own. */
function passOver(error: unknown, signal: AbortSignal): UpstreamError {
  if (signal.aborted) throw signal.reason
  if (!(error instanceof UpstreamError)) throw error
  if (error.kind === "invalid-request" || error.kind === "content-filter") throw refused(error)
  return error
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
