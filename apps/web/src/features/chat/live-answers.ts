import { useCallback, useSyncExternalStore } from "react"

/** An answer being written, as far as it has come. */
export type LiveAnswer = {
  runId: string
  conversationId: string
  messageId: string
  seq: number
  text: string
  reasoning: string
}

const tellEveryMs = 64
/**
 * While someone types, an answer is drawn right after a key press, when the next one is farthest
 * away; after a pause this long it goes at its own pace again.
 */
const typingPauseMs = 200

/**
 * The answers under way, outside of the query cache: each piece of text draws one message, not the
 * conversation. Listeners hear of changes a few times a second: reading needs no more, and typing
 * beside it needs the rest.
 */
function createLiveAnswers() {
  const byMessage = new Map<string, LiveAnswer>()
  const listeners = new Map<string, Set<() => void>>()
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame: number | undefined
  let toldAt = 0
  let typedAt = Number.NEGATIVE_INFINITY

  function tell() {
    frame = undefined
    toldAt = performance.now()
    const ids = [...changed]
    changed.clear()
    for (const id of ids) for (const listener of listeners.get(id) ?? []) listener()
  }

  function touch(messageId: string) {
    changed.add(messageId)
    // A hidden page gets no frames; nobody looks either.
    if (frame !== undefined) return
    timer ??= setTimeout(drawUnlessTyping, toldAt + tellEveryMs - performance.now())
  }

  function draw() {
    clearTimeout(timer)
    timer = undefined
    frame ??= requestAnimationFrame(tell)
  }

  function drawUnlessTyping() {
    const leftMs = typedAt + typingPauseMs - performance.now()
    if (leftMs > 0) timer = setTimeout(drawUnlessTyping, leftMs)
    else draw()
  }

  function drawAfterKey() {
    typedAt = performance.now()
    if (timer !== undefined && typedAt > toldAt + tellEveryMs) draw()
  }

  addEventListener("input", drawAfterKey)

  function subscribe(messageId: string, listener: () => void) {
    const set = listeners.get(messageId) ?? new Set()
    listeners.set(messageId, set.add(listener))
    return () => {
      set.delete(listener)
      if (set.size === 0) listeners.delete(messageId)
    }
  }

  const ofRun = (runId: string) => [...byMessage.values()].find((live) => live.runId === runId)

  return {
    of: (messageId: string) => byMessage.get(messageId),
    ofRun,
    inConversation: (id: string) =>
      [...byMessage.values()].find((live) => live.conversationId === id),
    set(live: LiveAnswer) {
      byMessage.set(live.messageId, live)
      touch(live.messageId)
    },
    end(messageId: string) {
      if (byMessage.delete(messageId)) touch(messageId)
    },
    subscribe,
  }
}

export const liveAnswers = createLiveAnswers()

/** The answer of this message while it is being written, else undefined. */
export function useLiveAnswer(messageId: string): LiveAnswer | undefined {
  const subscribe = useCallback(
    (listener: () => void) => liveAnswers.subscribe(messageId, listener),
    [messageId],
  )
  return useSyncExternalStore(subscribe, () => liveAnswers.of(messageId))
}
