import type { ChatMessage, ChatRequest, Part, Upstream } from "../spec/index.ts"
import { onePrompt, requireWords } from "../wire/plain-turns.ts"
import type { WireRequest } from "../wire/protocol.ts"

/**
 * An application keeps its conversations itself, and its callers theirs: each question is a new
 * conversation that begins with all that was said. It is always streamed, since agents answer no
 * other way and whole answers end after a hundred seconds.
 *
 * @see https://docs.dify.ai/api-reference/chat/send-chat-message
 */
export function buildRequest(request: ChatRequest, upstream: Upstream): WireRequest {
  requireWords(request)
  const { messages } = request
  const words = messages.map(
    (message) => ({ ...message, content: message.content.filter(isNoPicture) }) as ChatMessage,
  )
  const files = messages.flatMap(({ content }) => content).flatMap(fileOf)
  return {
    url: `${versioned(upstream)}/chat-messages`,
    headers: headersOf(upstream),
    body: JSON.stringify({
      inputs: {},
      query: onePrompt(words) || "…",
      response_mode: "streaming",
      conversation_id: "",
      user: userOf(request),
      files: files.length > 0 ? files : undefined,
      auto_generate_name: false,
    }),
  }
}

/** @see https://docs.dify.ai/api-reference/files/file-upload */
export function uploadRequest(file: File, request: ChatRequest, upstream: Upstream): WireRequest {
  const body = new FormData()
  body.append("file", file)
  body.append("user", userOf(request))
  return { url: `${versioned(upstream)}/files/upload`, headers: headersOf(upstream), body }
}

const versioned = ({ baseUrl }: Upstream) => `${baseUrl}${/\/v\d$/.test(baseUrl) ? "" : "/v1"}`
const headersOf = ({ key }: Upstream) => ({ authorization: `Bearer ${key}` })
/** Files and questions belong to somebody, and to the same one. */
const userOf = ({ user }: ChatRequest) => user ?? "user"

const isNoPicture = ({ type }: Part) => type !== "image" && type !== "file"

function fileOf(part: Part): Record<string, unknown>[] {
  if (part.type === "file")
    return [{ type: "image", transfer_method: "local_file", upload_file_id: part.fileId }]
  if (part.type !== "image") return []
  return [{ type: "image", transfer_method: "remote_url", url: part.url }]
}
