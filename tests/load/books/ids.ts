/** Ids as the product makes them: they sort by time, and by `count` within it. */
export function idOf(ms: number, count: number): string {
  const time = ms.toString(16).padStart(12, "0")
  const rest = count.toString(16).padStart(12, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${rest}`
}

/** The one key of somebody. */
export const keyIdOf = (userId: string): string => userId.replace("-7000-", "-7001-")

/** The same numbers in every run. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
