import type { ChatEvent, Usage } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import { count, type Json, record, text } from "../wire/json.ts"
import { type Glance, type Reader, wordMarker } from "../wire/protocol.ts"

export const markers = [
  wordMarker("message_end"),
  wordMarker("message_replace"),
  wordMarker("error"),
]

const choice = 0

function usageOf({ metadata }: Json): Usage | undefined {
  const { prompt_tokens, completion_tokens } = record(record(metadata).usage)
  const input = count(prompt_tokens)
  const output = count(completion_tokens)
  return input === undefined || output === undefined || input + output === 0
    ? undefined
    : { input, output }
}

/** @see https://docs.dify.ai/api-reference/chat/send-chat-message */
export function createGlance(): Glance {
  return (frame) => {
    if (frame.event === "error" || (frame.code && frame.status))
      return { failure: failureOf(frame) }
    if (frame.event === "message_replace")
      return { failure: { message: text(frame.answer) ?? "", code: "content_filter", body: frame } }
    if (frame.event !== "message_end") return {}
    const usage = usageOf(frame)
    return { finish: "stop", ended: true, ...(usage && { usage }) }
  }
}

/** Whatever an application does besides, callers asked for its words. */
export function createReader(): Reader {
  return (frame, events) => {
    switch (frame.event) {
      case "message":
      case "agent_message": {
        const delta = text(frame.answer)
        if (delta) events.push({ type: "text", choice, delta })
        break
      }
      case "message_file": {
        const url = text(frame.url)
        if (frame.type === "image" && url?.startsWith("http"))
          events.push({ type: "text", choice, delta: `\n![image](${url})\n` })
        break
      }
      case "message_end":
        readEnd(frame, events)
    }
  }
}

function readEnd(frame: Json, events: ChatEvent[]) {
  events.push({ type: "finish", choice, reason: "stop" })
  const usage = usageOf(frame)
  if (usage) events.push({ type: "usage", usage })
}

/** Some who stand in between answer whole. */
export function readDocument(document: Json): ChatEvent[] {
  const delta = text(document.answer)
  if (!delta) return []
  const events: ChatEvent[] = [{ type: "text", choice, delta }]
  readEnd(document, events)
  return events
}
