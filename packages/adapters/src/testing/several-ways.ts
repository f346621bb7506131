import type { Mock } from "./mock.ts"
import type { SeenRequest } from "./simulate.ts"

/** One of the ways to a service that has several. */
export type Way = {
  /** Whether a request came this way. */
  took: (seen: SeenRequest) => boolean
  mock: Mock
}

/** A service with several ways to it; the first mock stands for them all, and takes what no other does. */
export function severalWays(main: Mock, ...others: readonly Way[]): Mock {
  const wayOf = (seen: SeenRequest) => others.find(({ took }) => took(seen))?.mock ?? main
  return {
    ...main,
    takes: [main, ...others.map(({ mock }) => mock)].flatMap(({ takes }) => takes),
    check: (seen) => wayOf(seen).check(seen),
    answer: (seen, script) => wayOf(seen).answer(seen, script),
    spares: (seen) => wayOf(seen).spares?.(seen) ?? false,
    refuse: (refusal, seen) => wayOf(seen).refuse(refusal, seen),
  }
}
