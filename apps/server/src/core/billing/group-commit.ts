/** Items written together. Beyond it, what a group saves is less than what its slowest item waits. */
const groupMax = 64

export type GroupOptions<Item, Result> = {
  /** All or nothing, results in the order of the items. */
  write: (items: readonly Item[]) => Promise<Result[]>
  /** Whether the same call may succeed in a moment, so that the items are not to blame. */
  isTransient: (error: unknown) => boolean
  /** The waits before further attempts of an item that failed; after the last one the caller hears of it. */
  retryMs: (item: Item) => Iterable<number>
  onFailure: (error: unknown, items: number) => void
}

export type GroupCommit<Item, Result> = {
  /** Resolves when the item is written. @throws whatever `write` threw last, when attempts are used up */
  add(item: Item): Promise<Result>
  /** Resolves when nothing is waiting or being written. */
  idle(): Promise<void>
  /** From now on, what fails is not tried again. */
  stop(): void
}

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
  waits: Iterator<number>
}

/**
 * Writes what is asked for in the same turn of the event loop as one group, without waiting for more
 * to come. While a group is being written, the next one gathers. A group that fails is tried item by
 * item, so that one bad item does not take the others down.
 */
export function createGroupCommit<Item, Result>({
  write,
  isTransient,
  retryMs,
  onFailure,
}: GroupOptions<Item, Result>): GroupCommit<Item, Result> {
  type Entry = Waiting<Item, Result>
  const waiting: Entry[] = []
  let scheduled = false
  let pending = 0
  let idlers: (() => void)[] = []
  let stopped = false

  function enqueue(entry: Entry) {
    waiting.push(entry)
    if (scheduled) return
    scheduled = true
    setImmediate(drain)
  }

  async function drain() {
    while (waiting.length > 0) await attempt(waiting.splice(0, groupMax))
    scheduled = false
  }

  /** Never rejects. */
  async function attempt(group: readonly Entry[]) {
    try {
      const results = await write(group.map((entry) => entry.item))
      for (const [index, entry] of group.entries()) entry.resolve(results[index] as Result)
    } catch (error) {
      onFailure(error, group.length)
      if (group.length > 1 && !isTransient(error)) {
        for (const entry of group) await attempt([entry])
      } else for (const entry of group) later(entry, error)
    }
  }

  function later(entry: Entry, error: unknown) {
    const { value: waitMs, done } = entry.waits.next()
    if (done || stopped) entry.reject(error)
    else setTimeout(enqueue, waitMs, entry)
  }

  function finished() {
    pending--
    if (pending > 0) return
    for (const resolve of idlers) resolve()
    idlers = []
  }

  return {
    add(item) {
      pending++
      const written = new Promise<Result>((resolve, reject) =>
        enqueue({ item, resolve, reject, waits: retryMs(item)[Symbol.iterator]() }),
      )
      written.then(finished, finished)
      return written
    },
    idle: () =>
      pending === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve)),
    stop() {
      stopped = true
    },
  }
}
