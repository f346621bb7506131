import type { ChatMessage } from "../spec/index.ts"

/**
 * Neighbouring turns of one speaker as one, for upstreams that want speakers to take turns. Results
 * stay apart, and so does a turn with calls in it.
 */
export function mergeTurns(messages: readonly ChatMessage[]): ChatMessage[] {
  const turns: ChatMessage[] = []
  for (const message of messages) {
    const last = turns.at(-1)
    if (!last || !belongTogether(last, message)) turns.push(message)
    else
      turns[turns.length - 1] = { ...last, content: [...last.content, blank, ...message.content] }
  }
  return turns
}

const blank = { type: "text", text: "\n\n" } as const

const belongTogether = (last: ChatMessage, next: ChatMessage) =>
  last.role === next.role && last.role !== "tool" && !hasCalls(last) && !hasCalls(next)

const hasCalls = (message: ChatMessage) =>
  message.role === "assistant" && Boolean(message.toolCalls?.length)
