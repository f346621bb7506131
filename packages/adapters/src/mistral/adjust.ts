import { toBody } from "../openai/request.ts"
import type { ChatMessage, ChatRequest } from "../spec/index.ts"

/**
 * Mistral takes only ids of nine letters or digits, calls the seed by another name, and refuses
 * fields it does not know. The same id becomes the same nine characters each time.
 *
 * @see https://docs.mistral.ai/api
 */
export function adjust(_: Record<string, unknown>, request: ChatRequest): Record<string, unknown> {
  const messages = request.messages.map(withShortIds)
  const { seed, reasoning_effort, ...body } = toBody({ ...request, messages })
  return {
    ...body,
    random_seed: seed,
    reasoning_effort: reasoning_effort && (reasoning_effort === "none" ? "none" : "high"),
  }
}

function withShortIds(message: ChatMessage): ChatMessage {
  if (message.role === "tool") return { ...message, callId: shortId(message.callId) }
  if (message.role === "user") return { role: "user", content: message.content }
  if (message.role !== "assistant" || !message.toolCalls) return message
  const { reasoning: _, ...rest } = message
  return {
    ...rest,
    toolCalls: message.toolCalls.map((call) => ({ ...call, id: shortId(call.id) })),
  }
}

export const shortId = (id: string) =>
  /^[a-zA-Z0-9]{9}$/.test(id)
    ? id
    : new Bun.CryptoHasher("sha256").update(id).digest("hex").slice(0, 9)
