/** A generation as the checkpoint sees it. */
export type Checkpointed = { checkpoint(): void }

/** Every generation of this process from its hold to its settlement. */
export type Underway = {
  add(generation: Checkpointed): void
  remove(generation: Checkpointed): void
  size(): number
  /** Resolves when none is left, or after `limitMs`. @returns whether none is left. */
  drained(limitMs: number): Promise<boolean>
  close(): void
}

/** How often what has been delivered is noted, so that a crash loses no more than this. */
const checkpointEveryMs = 2_000
/** How long checkpointing may hold up the answers at a time. */
const sliceMs = 4

/**
 * Notes the progress of every generation in turn, a slice at a time: with a thousand answers under
 * way, reading them all at once would make each of them stutter.
 */
export function createUnderway(nowMs: () => number = () => performance.now()): Underway {
  const generations = new Set<Checkpointed>()
  let waiting: (() => void)[] = []
  let round: Iterator<Checkpointed> | undefined

  const timer = setInterval(() => {
    if (round || generations.size === 0) return
    round = [...generations].values()
    slice()
  }, checkpointEveryMs)

  function slice() {
    const until = nowMs() + sliceMs
    while (round && nowMs() < until) {
      const { value, done } = round.next()
      if (done) round = undefined
      else if (generations.has(value)) value.checkpoint()
    }
    if (round) setImmediate(slice)
  }

  return {
    add: (generation) => void generations.add(generation),
    remove(generation) {
      generations.delete(generation)
      if (generations.size > 0) return
      for (const resolve of waiting) resolve()
      waiting = []
    },
    size: () => generations.size,
    async drained(limitMs) {
      if (generations.size > 0) {
        await Promise.race([
          new Promise<void>((resolve) => waiting.push(resolve)),
          Bun.sleep(limitMs),
        ])
      }
      return generations.size === 0
    },
    close: () => clearInterval(timer),
  }
}
