import type { ChatMessage, ChatRequest, Part, Upstream } from "../spec/index.ts"
import { plainTurns, requireWords } from "../wire/plain-turns.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { unsupported } from "../wire/unsupported.ts"

/**
 * Always streamed: a whole answer would have to be kept by Coze, and asked for again and again.
 *
 * @see https://www.coze.com/docs/developer_guides/chat_v3
 */
export function buildRequest(request: ChatRequest, upstream: Upstream): WireRequest {
  requireWords(request)
  return {
    url: `${unversioned(upstream)}/v3/chat`,
    headers: headersOf(upstream),
    body: JSON.stringify({
      bot_id: request.model,
      user_id: request.user ?? "user",
      stream: true,
      auto_save_history: false,
      additional_messages: messagesOf(request.messages),
    }),
  }
}

/** @see https://www.coze.com/docs/developer_guides/upload_files */
export function uploadRequest(file: File, upstream: Upstream): WireRequest {
  const body = new FormData()
  body.append("file", file)
  return { url: `${unversioned(upstream)}/v1/files/upload`, headers: headersOf(upstream), body }
}

const unversioned = ({ baseUrl }: Upstream) => baseUrl.replace(/\/v\d$/, "")
const headersOf = ({ key }: Upstream) => ({ authorization: `Bearer ${key}` })

/** A bot has its own instructions: those of the caller are said by the user. */
function messagesOf(messages: readonly ChatMessage[]) {
  if (messages.some(({ content }) => content.some(({ type }) => type !== "text")))
    return messages.flatMap((message) => pictured(message))
  return plainTurns(messages, false).map(({ role, content }) => said(role, content))
}

const said = (role: string, content: string, content_type = "text") => ({
  role,
  type: role === "user" ? "question" : "answer",
  content,
  content_type,
})

function pictured(message: ChatMessage) {
  if (message.content.every(({ type }) => type === "text"))
    return plainTurns([message], false).map(({ role, content }) => said(role, content))
  return [said("user", JSON.stringify(message.content.map(partOf)), "object_string")]
}

function partOf(part: Part) {
  if (part.type === "text") return part
  if (part.type === "file") return { type: "image", file_id: part.fileId }
  if (part.type !== "image") throw unsupported(`${part.type} input`, "messages")
  return { type: "image", file_url: part.url }
}
