import type { ChatEvent } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import type { Broadcast } from "./broadcast.ts"
import { tellWatchers } from "./chat-bus.ts"
import { saidIn } from "./said-in.ts"

/** Why a run was given up: somebody stopped it, or it is no longer ours to write. */
export type GivenUp = "stopped" | "lost"

export type LocalRun = {
  readonly id: string
  readonly userId: string
  readonly broadcast: Broadcast
  /** Aborts with a `GivenUp`. */
  readonly signal: AbortSignal
  hear(events: readonly ChatEvent[]): void
  /** Sends what was held back. */
  flush(): void
  stop(): void
  lose(): void
  /** Somebody on another node looks on: what happens is told there too, for a while. */
  watch(): void
  isWatched(): boolean
  isDirty(): boolean
  saved(seq: number): void
}

/** Frames at least this far apart: more often, nobody can see the difference. */
const frameEveryMs = 20
const watchedMs = 15_000

type Start = { userId: string; broadcast: Broadcast }

/** One answer being written on this node. Belongs to its conversation, not to any socket. */
export function createLocalRun(deps: Deps, { userId, broadcast }: Start): LocalRun {
  const controller = new AbortController()
  let text = ""
  let reasoning = ""
  let flushedAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let savedSeq = broadcast.progress().seq
  let watchedUntil = 0

  const isWatched = () => deps.now() < watchedUntil

  function flush() {
    clearTimeout(timer)
    timer = undefined
    if (!text && !reasoning) return
    const { type, seq, ...delta } = broadcast.append({
      ...(text && { text }),
      ...(reasoning && { reasoning }),
    })
    if (isWatched()) tellWatchers(deps, broadcast.runId, { type, seq, ...delta })
    text = ""
    reasoning = ""
    flushedAt = performance.now()
  }

  return {
    id: broadcast.runId,
    userId,
    broadcast,
    signal: controller.signal,
    hear(events) {
      const said = saidIn(events)
      text += said.text
      reasoning += said.reasoning
      const early = flushedAt + frameEveryMs - performance.now()
      if (early <= 0) flush()
      else timer ??= setTimeout(flush, early)
    },
    flush,
    stop: () => controller.abort("stopped" satisfies GivenUp),
    lose: () => controller.abort("lost" satisfies GivenUp),
    watch() {
      watchedUntil = deps.now() + watchedMs
    },
    isWatched,
    isDirty: () => broadcast.progress().seq > savedSeq,
    saved(seq) {
      savedSeq = seq
    },
  }
}
