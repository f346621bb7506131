import type { ChatMessage, ChatRequest, Part, Upstream } from "../spec/index.ts"
import { onePrompt } from "../wire/plain-turns.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { unsupported } from "../wire/unsupported.ts"

/**
 * An application keeps its conversations itself, and its callers theirs: each question is a new
 * conversation that begins with all that was said. It is always streamed, since agents answer no
 * other way and whole answers end after a hundred seconds.
 *
 * @see https://docs.dify.ai/api-reference/chat/send-chat-message
 */
export function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  const { messages, user } = request
  const words = messages.map(
    (message) => ({ ...message, content: message.content.filter(isNoPicture) }) as ChatMessage,
  )
  const files = messages.flatMap(({ content }) => content).flatMap(fileOf)
  return {
    url: `${baseUrl}${/\/v\d$/.test(baseUrl) ? "" : "/v1"}/chat-messages`,
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({
      inputs: {},
      query: onePrompt(words) || "…",
      response_mode: "streaming",
      conversation_id: "",
      user: user ?? "user",
      files: files.length > 0 ? files : undefined,
      auto_generate_name: false,
    }),
  }
}

const isNoPicture = ({ type }: Part) => type !== "image"

function fileOf(part: Part) {
  if (part.type !== "image") return []
  if (part.url.startsWith("data:"))
    throw unsupported("pictures that are not at an address", "messages")
  return [{ type: "image", transfer_method: "remote_url", url: part.url }]
}
