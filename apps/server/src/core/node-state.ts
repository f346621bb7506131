import type { Deps } from "./deps.ts"

/**
 * Memory this node keeps for one purpose: made on first use, one per `Deps`, gone with it. Two
 * nodes in one process (as in tests) have their own.
 */
export function nodeState<State>(create: (deps: Deps) => State): (deps: Deps) => State {
  const states = new WeakMap<Deps, State>()
  return (deps) => {
    const known = states.get(deps)
    if (known !== undefined) return known
    const state = create(deps)
    states.set(deps, state)
    return state
  }
}
