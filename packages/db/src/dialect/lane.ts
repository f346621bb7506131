/** One at a time, in the order they came. Free of any delay while nobody else is inside. */
export type Lane = {
  /** @returns nothing when the lane was free, else a promise of the caller's turn. Then `leave` is due. */
  enter(): Promise<void> | undefined
  leave(): void
}

export function createLane(): Lane {
  const waiting: (() => void)[] = []
  let busy = false

  return {
    enter() {
      if (busy) return new Promise<void>((resolve) => waiting.push(resolve))
      busy = true
    },
    leave() {
      const next = waiting.shift()
      if (next) next()
      else busy = false
    },
  }
}
