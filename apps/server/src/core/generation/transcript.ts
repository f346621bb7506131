import type { ChatEvent } from "@nio/adapters"

/**
 * Writes down an answer to be told again later, pieces of text put together. Nothing is worth
 * telling again but words that came to their own end: no calls, nothing cut short or filtered.
 */
export function createTranscript(charsMax: number) {
  let events: ChatEvent[] = []
  let chars = 0
  let fit = true
  let words = false
  let ended = false

  function add(event: ChatEvent) {
    switch (event.type) {
      case "text": {
        if (event.progress) return
        words ||= event.delta !== ""
        const last = events.at(-1)
        if (last?.type === "text" && canJoin(last, event)) {
          events[events.length - 1] = { ...last, delta: last.delta + event.delta }
          chars += event.delta.length
          return
        }
        break
      }
      case "tool-call":
      case "refusal":
        fit = false
        return
      case "finish":
        ended = true
        if (event.reason !== "stop") fit = false
    }
    events.push(event)
    chars += JSON.stringify(event).length
  }

  return {
    hear(heard: readonly ChatEvent[]) {
      if (!fit) return
      for (const event of heard) add(event)
      if (chars > charsMax) fit = false
      if (!fit) events = []
    },
    /** All that was said; undefined when it should not be told again. */
    whole: () => (fit && words && ended ? events : undefined),
  }
}

type Text = ChatEvent & { type: "text" }

const canJoin = (last: Text, next: Text) =>
  last.choice === next.choice && !last.logprobs && !next.logprobs
