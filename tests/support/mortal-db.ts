import type { Db } from "@nio/db"

/** A database as seen by a process that can die, over a line that can break. */
export type MortalDb = {
  db: Db
  /** Nothing that this process asks for is answered from now on; what is under way may still be done. */
  die(): void
  /** The next transaction breaks off: before it has done anything, or after it is done and unanswered. */
  breakOff(when: "before" | "after"): void
  /** While away, every transaction fails before it has done anything. */
  away(isAway: boolean): void
}

export function mortalDb(real: Db): MortalDb {
  let dead = false
  let isAway = false
  let next: "before" | "after" | undefined

  function requireAlive() {
    if (dead) throw new Error("this process is dead")
  }

  async function answer<T>(work: () => Promise<T>): Promise<T> {
    requireAlive()
    const result = await work()
    requireAlive()
    return result
  }

  return {
    db: {
      ...real,
      rows: (text, params) => answer(() => real.rows(text, params)),
      run: (text, params) => answer(() => real.run(text, params)),
      transaction: (work) =>
        answer(async () => {
          const fault = next
          next = undefined
          if (isAway || fault === "before") throw lineBroken()
          const result = await real.transaction(work)
          if (fault === "after") throw lineBroken()
          return result
        }),
    },
    die() {
      dead = true
    },
    breakOff(when) {
      next = when
    },
    away(value) {
      isAway = value
    },
  }
}

const lineBroken = () => Object.assign(new Error("the line broke"), { code: "ECONNRESET" })
