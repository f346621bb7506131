import { isAnonymous } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { userWatch } from "../identity/watch.ts"
import type { Ask } from "./generation.ts"

/**
 * The caller's signal, which aborts with `auth.required` too as soon as whoever asks is banned or
 * deleted, on whatever node that was done.
 * @returns it, and what ends the watch
 */
export function whileActive(
  deps: Deps,
  { actor, signal: caller }: Ask,
): { signal: AbortSignal; leave: () => void } {
  if (isAnonymous(actor)) return { signal: caller, leave: () => {} }
  const controller = new AbortController()
  const leaveWith = () => controller.abort(caller.reason)
  if (caller.aborted) leaveWith()
  else caller.addEventListener("abort", leaveWith, { once: true })
  const unwatch = userWatch(deps).watch(actor.userId, () =>
    controller.abort(new AppError("auth.required")),
  )
  return {
    signal: controller.signal,
    leave() {
      unwatch()
      caller.removeEventListener("abort", leaveWith)
    },
  }
}
