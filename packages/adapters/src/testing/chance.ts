import type { Script } from "./script.ts"

const words =
  "the river keeps its own slow time and carries boats past gardens where children count birds — größer als gestern, 你好，世界 🌊 until evening folds every colour into one".split(
    " ",
  )

/** Numbers and answers that are the same each time for the same seed. */
export function createChance(seed: number) {
  let state = seed >>> 0

  /** From 0 up to 1. Mulberry32. */
  function next() {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)

  return {
    next,
    script(): Script {
      const length = 8 + below(24)
      const chunks = Array.from({ length }, () => `${words[below(words.length)]} `)
      return { chunks, usage: { input: 5 + below(100), output: length } }
    },
  }
}
