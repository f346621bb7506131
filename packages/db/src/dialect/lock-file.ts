import { Database } from "bun:sqlite"

/**
 * Keeps other processes off the same data. The lock is the operating system's own, taken through an
 * empty SQLite file, so it ends with the process however that ends, and a left-over file means nothing.
 *
 * @returns a function that gives the lock back.
 * @throws Error when another process has it.
 */
export function lockFile(path: string): () => void {
  const lock = new Database(path, { create: true })
  try {
    lock.run("begin exclusive")
  } catch (cause) {
    lock.close()
    throw new Error(
      `another process is using this data (${path} is locked). Stop it first; to run more than one process, use MySQL.`,
      { cause },
    )
  }
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}

/** Keeps the locks from being collected as garbage, which would give them back. */
const held = new Set<Database>()
