import { billing } from "@nio/db"
import type { Deps } from "../deps.ts"

const beatMs = 2_000
/** Every so many beats the leases are renewed: often enough that a missed one does no harm. */
const renewBeats = 4
/** A hold that nobody has ended by then is a mistake, and is left to expire. */
const holdMsMax = 6 * 60 * 60_000

export type Heartbeat = {
  add(id: string): void
  /** The newest note wins; one for a hold that is not open here is ignored. */
  note(progress: billing.Progress): void
  remove(id: string): void
  /** Writes the notes and renews the leases now, instead of in a moment. */
  beat(): Promise<void>
  /** Stops, after writing the notes that are left. */
  close(): Promise<void>
}

type Options = Pick<Deps, "db" | "now" | "log"> & { leaseMs: number }

/** Keeps the open holds of this process alive, and writes down what is due for them so far. */
export function createHeartbeat({ db, now, log, leaseMs }: Options): Heartbeat {
  const open = new Map<string, { since: number; note: billing.Progress | undefined }>()
  let beats = 0
  let beating: Promise<void> | undefined

  async function beat(renewing: boolean) {
    try {
      await writeNotes()
      if (renewing) await renew()
    } catch (error) {
      log.warn("holds could not be kept alive; trying again", { error, holds: open.size })
    }
    beating = undefined
  }

  async function writeNotes() {
    const noted = [...open.values()].filter((hold) => hold.note)
    const notes = noted.flatMap(({ note }) => note ?? [])
    if (notes.length > 0) await billing.checkpointHolds(db, notes)
    for (const [index, hold] of noted.entries())
      if (hold.note === notes[index]) hold.note = undefined
  }

  async function renew() {
    const youngest = now() - holdMsMax
    const ids = [...open].filter(([, hold]) => hold.since > youngest).map(([id]) => id)
    if (ids.length > 0) await billing.renewHolds(db, ids, now() + leaseMs)
  }

  const timer = setInterval(() => {
    if (open.size > 0) beating ??= beat(++beats % renewBeats === 0)
  }, beatMs)
  timer.unref()

  return {
    add: (id) => open.set(id, { since: now(), note: undefined }),
    note(progress) {
      const hold = open.get(progress.id)
      if (hold) hold.note = progress
    },
    remove: (id) => open.delete(id),
    async beat() {
      await beating
      await beat(true)
    },
    async close() {
      clearInterval(timer)
      await beating
      await writeNotes().catch((error) => log.warn("last checkpoints were not written", { error }))
    },
  }
}
