import type { ChatMessage, ChatRequest, Part } from "../spec/index.ts"
import { unsupported } from "./unsupported.ts"

export type Turn = { role: "system" | "user" | "assistant"; content: string }

/**
 * A conversation for upstreams that know words and two speakers. They have no role for results: those
 * are the user's, as are the system's words where there is no such turn. Neighbours of one role become one.
 */
export function plainTurns(messages: readonly ChatMessage[], takesSystem: boolean): Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    const content = wordsOf(message)
    if (content === "") continue
    const role = roleOf(message, takesSystem)
    const last = turns.at(-1)
    if (last?.role === role) last.content += `\n\n${content}`
    else turns.push({ role, content })
  }
  return turns
}

/** For upstreams that answer once, in words. @throws UpstreamError when more is asked of them */
export function requireWords({ tools, choices = 1 }: ChatRequest): void {
  if (tools?.length) throw unsupported("tools", "tools")
  if (choices > 1) throw unsupported("several answers at once", "n")
}

/** The conversation as one text, for upstreams that know no turns at all. */
export function onePrompt(messages: readonly ChatMessage[]): string {
  const turns = plainTurns(messages, true)
  const [only] = turns
  if (turns.length === 1 && only) return only.content
  return turns.map(({ role, content }) => `${role}: ${content}`).join("\n\n")
}

function roleOf({ role }: ChatMessage, takesSystem: boolean): Turn["role"] {
  if (role === "assistant") return role
  return role === "system" && takesSystem ? role : "user"
}

function wordsOf(message: ChatMessage): string {
  const said = message.content.map(textOf).join("")
  if (message.role !== "assistant") return said
  const calls = message.toolCalls ?? []
  return [said, ...calls.map(({ name, arguments: json }) => `${name}(${json})`)]
    .filter((words) => words !== "")
    .join("\n")
}

function textOf(part: Part): string {
  if (part.type === "text") return part.text
  throw unsupported(`${part.type} input`, "messages")
}
