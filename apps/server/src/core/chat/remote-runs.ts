import { messages, runs } from "@nio/db"
import { nodeState } from "../node-state.ts"
import { type Broadcast, createBroadcast } from "./broadcast.ts"
import { onNote, onRunNote, type RunNote, tellNodes } from "./chat-bus.ts"
import { followers } from "./followers.ts"
import { messageView } from "./message-view.ts"
import { messagesOf } from "./run-messages.ts"

const pollMs = 2_000

type Mirror = { broadcast: Broadcast; close(): void }

/**
 * Runs of other nodes that somebody follows from here. The database tells everything, every two
 * seconds; the bus tells it at once. When the bus loses something, it is only slower.
 */
export const remoteRuns = nodeState((deps) => {
  const mirrors = new Map<string, Promise<Mirror | undefined>>()
  let polling = false
  const timer = setInterval(() => void poll(), pollMs)
  timer.unref()

  onNote(deps, (note) => {
    if (note.type !== "started" || note.nodeId === deps.nodeId) return
    if (followers(deps).has(note.conversationId)) void begin(note.runId).catch(report)
  })

  async function poll() {
    if (polling || (followers(deps).size() === 0 && mirrors.size === 0)) return
    polling = true
    try {
      const rows = await runs.listElsewhere(deps.db, deps.nodeId)
      const wanted = rows.filter((row) => followers(deps).has(row.conversationId))
      for (const row of wanted) await look(row)
      const alive = new Set(wanted.map(({ id }) => id))
      for (const id of mirrors.keys()) if (!alive.has(id)) await settle(id)
    } catch (cause) {
      report(cause)
    } finally {
      polling = false
    }
  }

  /** Takes over what the owner has saved and the bus did not bring. */
  async function look({ id, seq }: runs.RunRow) {
    const mirror = await begin(id)
    if (!mirror) return
    tellNodes(deps, { type: "watch", runId: id })
    if (seq <= mirror.broadcast.progress().seq) return
    const saved = await runs.progress(deps.db, id)
    if (saved && saved.seq > mirror.broadcast.progress().seq) mirror.broadcast.replace(saved)
  }

  /** The run is over, or nobody here follows it any more. */
  async function settle(id: string) {
    const mirror = await mirrors.get(id)
    if (!mirror) return void mirrors.delete(id)
    const message = await messages.find(deps.db, mirror.broadcast.messageId)
    const followed = followers(deps).has(mirror.broadcast.conversationId)
    // Its end was stored after the runs were listed: the next look finds it.
    if (message?.state === "writing" && followed) return
    if (message) mirror.broadcast.finish(messageView(message))
    drop(id, mirror)
  }

  function drop(id: string, mirror: Mirror) {
    mirrors.delete(id)
    mirror.close()
  }

  /** Mirrors a run, once, and tells its followers of it. */
  function begin(id: string): Promise<Mirror | undefined> {
    const known = mirrors.get(id)
    if (known) return known
    const made = open(id)
    mirrors.set(id, made)
    made.then(
      (mirror) => mirror ?? mirrors.delete(id),
      () => mirrors.delete(id),
    )
    return made
  }

  async function open(id: string): Promise<Mirror | undefined> {
    const row = await runs.progress(deps.db, id)
    if (!row || row.nodeId === deps.nodeId) return undefined
    const broadcast = createBroadcast({ ...row, runId: id })
    const leave = await onRunNote(deps, id, (note) => hear(id, broadcast, note))
    tellNodes(deps, { type: "watch", runId: id, have: row.seq })
    const mirror = { broadcast, close: () => void leave().catch(report) }
    const { question, answer } = await messagesOf(deps, row.messageId)
    if (answer) followers(deps).started(broadcast, question, answer)
    return mirror
  }

  function hear(id: string, broadcast: Broadcast, note: RunNote) {
    const { seq } = broadcast.progress()
    if (note.type === "done") {
      broadcast.finish(note.message)
      void mirrors.get(id)?.then((mirror) => mirror && drop(id, mirror))
    } else if (note.type === "snapshot") {
      if (note.seq > seq) broadcast.replace(note)
    } else if (note.seq === seq + 1) {
      const { type, seq: _, ...delta } = note
      broadcast.append(delta)
    } else if (note.seq > seq) {
      tellNodes(deps, { type: "watch", runId: id, have: seq })
    }
  }

  const report = (cause: unknown) => deps.log.warn("a run elsewhere cannot be seen", { cause })

  return {
    /** The run of a conversation that another node writes. */
    async find(conversationId: string): Promise<Broadcast | undefined> {
      const row = await runs.findOf(deps.db, conversationId)
      if (!row || row.nodeId === deps.nodeId) return undefined
      return (await begin(row.id))?.broadcast
    },
  }
})
