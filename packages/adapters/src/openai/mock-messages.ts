import { invalid } from "../testing/check.ts"
import type { Refusal } from "../testing/mock.ts"
import { records } from "../wire/json.ts"

const roles = ["system", "developer", "user", "assistant", "tool", "function"]

/** Whether the messages are as OpenAI wants them: each call answered, each result called for. */
export function checkMessages(messages: unknown): Refusal | undefined {
  if (!Array.isArray(messages) || messages.length === 0)
    return invalid("Invalid 'messages': empty array.", "messages")
  let open = new Set<unknown>()
  for (const [index, message] of records(messages).entries()) {
    const at = `messages.[${index}]`
    const { role, content, tool_calls: calls, tool_call_id: id } = message
    if (!roles.includes(String(role)))
      return invalid(`Invalid value: '${role}'. Supported values are: ${roles.join(", ")}.`, at)
    if (role === "tool" && !open.delete(id))
      return invalid(
        "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
        at,
      )
    if (role !== "tool" && open.size > 0) return unanswered(at)
    if (content === undefined || (content === null && !calls && role !== "assistant"))
      return invalid(`Missing required parameter: '${at}.content'.`, at)
    if (role === "assistant") open = new Set(records(calls).map((call) => call.id))
  }
  return open.size > 0 ? unanswered("messages") : undefined
}

const unanswered = (at: string) =>
  invalid(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
    at,
  )
