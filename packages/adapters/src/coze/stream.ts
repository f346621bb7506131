import type { ChatEvent, Usage } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import { count, type Json, record, records, text } from "../wire/json.ts"
import { type Glance, type Look, type Reader, wordMarker } from "../wire/protocol.ts"

const chat = "conversation.chat."
const completed = `${chat}completed`
const requiresAction = `${chat}requires_action`

export const markers = [
  wordMarker(completed),
  wordMarker(requiresAction),
  wordMarker(`${chat}failed`),
  wordMarker("error"),
]

const choice = 0

function usageOf({ usage }: Json): Usage | undefined {
  const { input_count, output_count } = record(usage)
  const input = count(input_count)
  const output = count(output_count)
  return input === undefined || output === undefined ? undefined : { input, output }
}

const finishOf = (event: string) =>
  event === completed ? "stop" : event === requiresAction ? "tool-calls" : undefined

/** @see https://www.coze.com/docs/developer_guides/chat_v3 */
export function createGlance(): Glance {
  return (frame, event) => {
    if (event === `${chat}failed`) return { failure: failureOf(record(frame.last_error)) }
    // Refusals are documents with the status of a success.
    if (event === "error" || (event === "" && frame.code)) return { failure: failureOf(frame) }
    const finish = finishOf(event)
    if (!finish) return {}
    const usage = usageOf(frame)
    const look: Look = { finish, ended: true }
    return usage ? { ...look, usage } : look
  }
}

/** The bot's answer comes in pieces and then once more as a whole; the rest is about how it got there. */
export function createReader(): Reader {
  return (frame, events, event = "") => {
    if (event === "conversation.message.delta" && frame.type === "answer") {
      const thought = text(frame.reasoning_content)
      if (thought) events.push({ type: "reasoning", choice, delta: thought })
      const delta = text(frame.content)
      if (delta) events.push({ type: "text", choice, delta })
    }
    if (event === requiresAction) readCalls(frame, events)
    const reason = finishOf(event)
    if (!reason) return
    events.push({ type: "finish", choice, reason })
    const usage = usageOf(frame)
    if (usage) events.push({ type: "usage", usage })
  }
}

function readCalls({ required_action: action }: Json, events: ChatEvent[]) {
  const calls = records(record(record(action).submit_tool_outputs).tool_calls)
  for (const [index, { id, function: called }] of calls.entries()) {
    const { name, arguments: json } = record(called)
    events.push({
      type: "tool-call",
      choice,
      index,
      id: text(id) ?? "",
      name: text(name) ?? "",
      argumentsDelta: text(json) ?? "{}",
    })
  }
}
