import type { MessageView, ServerFrame } from "../../contract/index.ts"

/** Somebody who looks on. */
export type Listener = {
  /** @returns false when it cannot take the frame now; it then asks to `catchUp` when it can. */
  deliver(frame: ServerFrame): boolean
}

export type Progress = { seq: number; text: string; reasoning: string }
export type Delta = Extract<ServerFrame, { type: "delta" }>

/** An answer being written, here or on another node, and everybody who looks on from here. */
export type Broadcast = {
  readonly runId: string
  readonly conversationId: string
  readonly messageId: string
  progress(): Progress
  append(delta: { text?: string; reasoning?: string }): Delta
  /** Takes over what somebody else knows better. */
  replace(progress: Progress): void
  /** The end, for all; `byPlan` when a plan paid for it. */
  finish(message: MessageView, byPlan?: boolean): void
  /** `after` is the last frame the listener has; without it, it gets everything so far at once. */
  join(listener: Listener, after?: number): void
  leave(listener: Listener): void
  catchUp(listener: Listener): void
}

/** Frames kept for those who come back after a moment; others get a snapshot. */
const framesKept = 2_000
const charsKept = 200_000

type Start = Pick<Broadcast, "runId" | "conversationId" | "messageId"> & Progress

/** A listener that cannot follow is left alone until it asks for more: nothing is kept for it. */
export function createBroadcast({ runId, conversationId, messageId, ...start }: Start): Broadcast {
  let { seq, text, reasoning } = start
  const listeners = new Set<Listener>()
  const behind = new Set<Listener>()
  const kept = createKept()
  let end: ServerFrame | undefined

  const snapshot = (): ServerFrame => ({
    type: "snapshot",
    runId,
    messageId,
    seq,
    text,
    reasoning,
  })

  function tell(listener: Listener, frame: ServerFrame) {
    if (!behind.has(listener) && !listener.deliver(frame)) behind.add(listener)
  }

  return {
    runId,
    conversationId,
    messageId,
    progress: () => ({ seq, text, reasoning }),
    append(delta) {
      const frame: Delta = { type: "delta", runId, seq: ++seq, ...delta }
      text += delta.text ?? ""
      reasoning += delta.reasoning ?? ""
      kept.add(frame)
      for (const listener of listeners) tell(listener, frame)
      return frame
    },
    replace(progress) {
      ;({ seq, text, reasoning } = progress)
      kept.clear()
      for (const listener of listeners) tell(listener, snapshot())
    },
    finish(message, byPlan = false) {
      const plan = byPlan ? ({ plan: true } as const) : {}
      end = { type: "done", conversationId, runId, seq: seq + 1, message, ...plan }
      for (const listener of listeners) listener.deliver(end)
      listeners.clear()
      behind.clear()
      kept.clear()
    },
    join(listener, after) {
      if (end) return void listener.deliver(end)
      listeners.add(listener)
      const missed = after === undefined ? undefined : kept.after(after, seq)
      for (const frame of missed ?? [snapshot()]) tell(listener, frame)
    },
    leave(listener) {
      listeners.delete(listener)
      behind.delete(listener)
    },
    catchUp(listener) {
      if (behind.delete(listener)) tell(listener, snapshot())
    },
  }
}

function createKept() {
  let frames: Delta[] = []
  let chars = 0
  const size = ({ text = "", reasoning = "" }: Delta) => text.length + reasoning.length

  return {
    add(frame: Delta) {
      frames.push(frame)
      chars += size(frame)
      if (frames.length <= framesKept && chars <= charsKept) return
      frames = frames.slice(Math.ceil(frames.length / 2))
      chars = frames.reduce((sum, one) => sum + size(one), 0)
    },
    clear() {
      frames = []
      chars = 0
    },
    /** Those behind `after`, or undefined when some of them are gone. */
    after(after: number, last: number): Delta[] | undefined {
      if (after === last) return []
      const first = frames[0]
      if (!first || after < first.seq - 1 || after > last) return undefined
      return frames.slice(after - first.seq + 1)
    },
  }
}
