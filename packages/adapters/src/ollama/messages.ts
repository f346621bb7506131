import type { ChatMessage, Part } from "../spec/index.ts"
import { parseDataUrl } from "../wire/data-url.ts"
import { parseJson, record } from "../wire/json.ts"
import { unsupported } from "../wire/unsupported.ts"

/**
 * Arguments are objects here, pictures bare base64, and results know the function's name.
 *
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion
 */
export function messagesOf(messages: readonly ChatMessage[]) {
  const names = new Map<string, string>()
  return messages.map((message) => {
    const said = { role: message.role, content: textOf(message.content), ...imagesOf(message) }
    if (message.role === "tool")
      return { ...said, tool_name: message.name ?? names.get(message.callId) ?? message.callId }
    if (message.role !== "assistant") return said
    const calls = message.toolCalls ?? []
    for (const { id, name } of calls) names.set(id, name)
    return {
      ...said,
      thinking: message.reasoning?.map(({ text }) => text).join("") || undefined,
      tool_calls: calls.length > 0 ? calls.map(callOf) : undefined,
    }
  })
}

const callOf = ({
  id,
  name,
  arguments: json,
}: {
  id: string
  name: string
  arguments: string
}) => ({
  id,
  function: { name, arguments: record(parseJson(json)) },
})

const textOf = (parts: readonly Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")

function imagesOf({ content }: ChatMessage) {
  const images = content.filter((part) => part.type !== "text").map(imageOf)
  return images.length > 0 ? { images } : {}
}

function imageOf(part: Part) {
  if (part.type !== "image") throw unsupported(`${part.type} input`, "messages")
  const inline = parseDataUrl(part.url)
  if (!inline) throw unsupported("pictures by address", "messages")
  return inline.data
}
