import { messages, runs } from "@nio/db"
import type { Deps } from "../deps.ts"
import { nodeState } from "../node-state.ts"
import { onNote, tellWatchers } from "./chat-bus.ts"
import type { LocalRun } from "./local-run.ts"

/** A run whose owner has not been heard of for this long was interrupted. */
export const leaseMs = 30_000

const beatMs = 1_000
const renewMs = 5_000
/** Runs whose text is saved in one transaction. */
const savedAtOnce = 25

/**
 * The runs of this node. While there are any, once a second: their text is saved, they are kept
 * alive, and those that somebody elsewhere wants stopped are stopped.
 */
export const localRuns = nodeState((deps) => {
  const byId = new Map<string, LocalRun>()
  const byConversation = new Map<string, LocalRun>()
  let timer: ReturnType<typeof setInterval> | undefined
  let beating = false
  let renewedAt = 0
  let stopping = false

  onNote(deps, (note) => {
    const run = note.type === "started" ? undefined : byId.get(note.runId)
    if (!run) return
    if (note.type === "stop") return run.stop()
    run.watch()
    const progress = run.broadcast.progress()
    if (note.type === "watch" && note.have !== undefined && note.have < progress.seq)
      tellWatchers(deps, run.id, { type: "snapshot", ...progress })
  })

  async function beat() {
    if (beating) return
    beating = true
    try {
      await obey(deps, byId)
      await save(deps, byId)
      if (deps.now() - renewedAt >= renewMs) await renew()
    } catch (cause) {
      deps.log.warn("runs could not be kept; trying again", { cause, runs: byId.size })
    } finally {
      beating = false
    }
  }

  async function renew() {
    const now = deps.now()
    if (byId.size > 0) await runs.renew(deps.db, [...byId.keys()], now + leaseMs)
    renewedAt = now
  }

  return {
    /** From now on no run begins here; those under way go on. */
    refuse() {
      stopping = true
    },
    isStopping: () => stopping,
    get: (id: string) => byId.get(id),
    of: (conversationId: string) => byConversation.get(conversationId),
    add(run: LocalRun) {
      byId.set(run.id, run)
      byConversation.set(run.broadcast.conversationId, run)
      timer ??= setInterval(beat, beatMs)
    },
    remove(run: LocalRun) {
      byId.delete(run.id)
      const { conversationId } = run.broadcast
      if (byConversation.get(conversationId) === run) byConversation.delete(conversationId)
      if (byId.size > 0) return
      clearInterval(timer)
      timer = undefined
    },
  }
})

/** A run without a row was taken for dead, or its conversation was deleted. */
async function obey(deps: Deps, byId: ReadonlyMap<string, LocalRun>) {
  const here = [...byId.values()]
  const rows = new Map((await runs.listOf(deps.db, deps.nodeId)).map((row) => [row.id, row]))
  for (const run of here) {
    const row = rows.get(run.id)
    if (row?.stopAsked) run.stop()
    else if (!row) run.lose()
  }
}

/** The row of the run comes first: when it is gone, the message has been written for good. */
async function save(deps: Deps, byId: ReadonlyMap<string, LocalRun>) {
  const dirty = [...byId.values()].filter((run) => run.isDirty())
  for (let at = 0; at < dirty.length; at += savedAtOnce) {
    const some = dirty
      .slice(at, at + savedAtOnce)
      .map((run) => ({ run, progress: run.broadcast.progress() }))
    await deps.db.transaction(async (tx) => {
      for (const { run, progress } of some) {
        const { seq, text, reasoning } = progress
        if (await runs.move(tx, run.id, seq))
          await messages.edit(tx, run.broadcast.messageId, { text, reasoning })
      }
    })
    for (const { run, progress } of some) run.saved(progress.seq)
  }
}
