import { type Upstream, UpstreamError } from "../spec/index.ts"

export type Watch = {
  /** For the request: aborted when the caller gives up, when time is up, or by `stop`. */
  readonly signal: AbortSignal
  /** A read begins: silence counts from here. */
  wait(): void
  /** Something arrived. */
  heard(): void
  /** Why the read failed: the caller's reason or a timeout; undefined when the upstream is to blame. */
  blame(): unknown
  /** Nothing more is expected. Idempotent. */
  done(): void
  /** Nothing more is wanted: lets go of the upstream. Idempotent. */
  stop(): void
}

/**
 * The clock and the caller's patience over one exchange. One timer for all three limits, armed
 * again only when it fires, so that a read costs a look at the clock and no more.
 */
export function createWatch({ signal, timeouts }: Upstream): Watch {
  const own = new AbortController()
  const { firstByteMs, idleMs, totalMs } = timeouts
  const periodMs = Math.min(firstByteMs, idleMs, totalMs)
  const startedAt = performance.now()
  let heardAnything = false
  let waitingSince = startedAt
  let waiting = true
  let reason: unknown
  let timer: Timer | undefined

  const expire = (message: string) => giveUp(new UpstreamError("timeout", message))
  const onAbort = () => giveUp(signal.reason)

  function giveUp(why: unknown) {
    reason = why
    done()
    own.abort(why)
  }

  function check() {
    const now = performance.now()
    const patienceMs = heardAnything ? idleMs : firstByteMs
    const silentMs = waiting ? now - waitingSince : 0
    if (now - startedAt >= totalMs)
      return expire("The upstream took too long to finish its answer.")
    if (silentMs >= patienceMs)
      return expire(
        heardAnything
          ? "The upstream fell silent in the middle of its answer."
          : "The upstream did not answer in time.",
      )
    arm(Math.min(waiting ? patienceMs - silentMs : periodMs, totalMs - (now - startedAt)))
  }

  function arm(ms: number) {
    timer = setTimeout(check, Math.max(1, Math.ceil(ms)))
  }

  function done() {
    clearTimeout(timer)
    signal.removeEventListener("abort", onAbort)
  }

  signal.throwIfAborted()
  signal.addEventListener("abort", onAbort)
  arm(periodMs)

  return {
    signal: own.signal,
    wait() {
      waiting = true
      waitingSince = heardAnything ? performance.now() : startedAt
    },
    heard() {
      waiting = false
      heardAnything = true
    },
    blame: () => reason,
    done,
    stop() {
      done()
      own.abort()
    },
  }
}
