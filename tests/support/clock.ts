/** Time that passes only when told to. */
export function createClock(start = Date.UTC(2025, 0, 1)) {
  let at = start
  return {
    now: (): number => at,
    pass: (ms: number): void => {
      at += ms
    },
  }
}
