import type { ChatMessage, Part } from "../spec/index.ts"
import { mergeTurns } from "./merge-turns.ts"
import { unsupported } from "./unsupported.ts"

/**
 * A conversation for upstreams from before tools: one call to a turn, as `function_call`, and results
 * under the function's name. Speakers take turns, and the first turn after the system's is the user's.
 */
export function functionTurns(messages: readonly ChatMessage[]) {
  const system = messages.filter(({ role }) => role === "system")
  const others = messages.filter(({ role }) => role !== "system")
  if (others[0]?.role === "assistant") others.unshift({ role: "user", content: [ellipsis] })
  const names = new Map<string, string>()
  return mergeTurns([...system, ...others]).map((message) => messageOf(message, names))
}

const ellipsis = { type: "text", text: "…" } as const

function messageOf(message: ChatMessage, names: Map<string, string>) {
  const content = message.content.map(textOf).join("")
  if (message.role === "tool")
    return { role: "function", name: message.name ?? names.get(message.callId), content }
  if (message.role !== "assistant") return { role: message.role, content }
  const [call, ...more] = message.toolCalls ?? []
  if (more.length > 0) throw unsupported("several calls in one turn", "messages")
  if (!call) return { role: "assistant", content }
  names.set(call.id, call.name)
  const function_call = { name: call.name, arguments: call.arguments }
  return { role: "assistant", content, function_call }
}

function textOf(part: Part): string {
  if (part.type === "text") return part.text
  throw unsupported(`${part.type} input`, "messages")
}
