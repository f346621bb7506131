import { type Answer, type Batch, type Upstream, UpstreamError } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import type { LiveChannel } from "../live/live.ts"
import { metricsOf } from "../metrics/metrics.ts"
import { type Attempt, attempts, type Pin } from "../routing/attempts.ts"
import { expectNotice } from "../routing/notices.ts"
import { isFinal, suspendKey } from "../routing/suspend-key.ts"
import { upstreamOf } from "../routing/upstream-of.ts"
import type { Ask } from "./generation.ts"
import { nobodyAnswers, refused } from "./no-answer.ts"
import { pause, pauseBefore } from "./pause.ts"
import { withoutSignatures } from "./without-signatures.ts"
import { isTask, mayRepeat, perform, type Work } from "./work.ts"

/** What all attempts together may take until the first word. */
const attemptsMs = 300_000
/** So many failures in a row are no bad luck any more. */
const attemptsMax = 32

/** An attempt that has said its first words. */
export type Committed = {
  attempt: Attempt
  answer: Answer
  /** All up to the first words; empty when the answer is. */
  opening: Batch[]
  /** To be told how the answer ended, so that who breaks off is not taken to be well. */
  ended(error: unknown): void
}

export type Candidates = {
  channels: readonly LiveChannel[]
  /** Who had better be asked first. */
  pin?: Pin | undefined
  /** Whose thoughts the request carries: nobody else can read them. */
  signedBy?: Pin | undefined
}

/**
 * Tries one attempt after another until an upstream says something. From then on we are committed:
 * half an answer cannot be continued by someone else. `onAttempt` hears of each before it is made.
 *
 * @throws AppError `upstream.refused`, `upstream.timeout`, `upstream.busy`, `upstream.unavailable`;
 *   the signal's reason
 */
export async function firstToAnswer(
  deps: Deps,
  { request, signal, trace }: Ask,
  candidates: Candidates,
  onAttempt: (attempt: Attempt) => void,
): Promise<Committed> {
  const { health } = deps
  const giveUpAt = deps.now() + attemptsMs
  const asked = { ...candidates, model: request.model }
  const plan = attempts(asked, deps)
  let failure: UpstreamError | undefined

  for (let made = 0; made < attemptsMax; made++) {
    const { value: attempt } = plan.next(failure)
    if (!attempt || deps.now() >= giveUpAt) break
    await pause(pauseBefore(deps, attempt, { made, failure, ...candidates }), signal)
    attempt.beganAt = deps.now()
    health.begins(attempt)
    onAttempt(attempt)
    const waited = trace?.asks(attempt.channel.id)
    try {
      const patienceMs = giveUpAt - attempt.beganAt
      const limits = { firstByteMs: Math.min(attempt.channel.firstByteSeconds * 1_000, patienceMs) }
      const upstream = upstreamOf(deps, attempt, signal, { ...limits, hops: trace?.hops ?? 0 })
      const readable = readableBy(attempt, request, candidates)
      const begun = await begin(deps, attempt, readable, upstream).finally(waited)
      health.answered(attempt)
      return { attempt, ...begun, ended: (cause) => noteEnd(deps, attempt, cause) }
    } catch (cause) {
      failure = passOver(deps, attempt, cause, signal)
      noteFailure(deps, attempt, failure)
      const provider = deps.providers.get(attempt.channel.provider)
      if (!mayRepeat(request, failure, { provider, model: attempt.model })) break
    }
  }
  throw nobodyAnswers(deps, asked, failure)
}

function readableBy({ channel }: Attempt, request: Work, { signedBy }: Candidates): Work {
  if (!signedBy || signedBy.channelId === channel.id || isTask(request)) return request
  return withoutSignatures(request)
}

async function begin(
  deps: Deps,
  { channel, key, model }: Attempt,
  request: Work,
  upstream: Upstream,
) {
  const provider = deps.providers.get(channel.provider)
  if (!provider) throw new UpstreamError("bad-response", `no provider ${channel.provider}`)

  const senders = provider.noticesFrom?.(key.secret)
  const way = senders ? { ...upstream, expectNotice: () => expectNotice(deps, senders) } : upstream
  const answer = await perform(provider, request, model, way)
  try {
    return { answer, opening: await readOpening(answer, isTask(request)) }
  } catch (error) {
    answer.close()
    throw error
  }
}

/**
 * Reads until something is said: comments, and an announcement of what will come, are no reason to
 * commit. Work other than chat has no words.
 */
async function readOpening(answer: Answer, wordless: boolean): Promise<Batch[]> {
  const opening: Batch[] = []
  for (let batch = await answer.next(); batch; batch = await answer.next()) {
    opening.push(batch)
    if (wordless || batch.events.some(({ type }) => type !== "usage")) break
  }
  return opening
}

/** Returns the errors another channel may not have; throws those that are the caller's own. */
function passOver(
  { health }: Deps,
  attempt: Attempt,
  cause: unknown,
  signal: AbortSignal,
): UpstreamError {
  const isCallers =
    cause instanceof UpstreamError &&
    (cause.kind === "invalid-request" || cause.kind === "content-filter")
  if (!signal.aborted && cause instanceof UpstreamError && !isCallers) return cause
  health.abandoned(attempt)
  if (signal.aborted) throw signal.reason
  throw isCallers ? refused(cause) : cause
}

function noteEnd(deps: Deps, attempt: Attempt, cause: unknown) {
  if (cause === undefined) deps.health.succeeded(attempt)
  else if (cause instanceof UpstreamError) noteFailure(deps, attempt, cause)
}

function noteFailure(deps: Deps, attempt: Attempt, error: UpstreamError) {
  const rest = deps.health.failed(attempt, error)
  if (rest && isFinal(error, rest)) void suspendKey(deps, attempt, error)
  const { kind, status, message } = error
  metricsOf(deps).attemptFailed(attempt.channel.id, kind)
  const { channel, key, model } = attempt
  deps.log.warn("attempt failed", {
    channel: channel.id,
    keyId: key.id,
    model,
    kind,
    status,
    message,
  })
}
