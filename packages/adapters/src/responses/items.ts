import type { ChatMessage, Part, Reasoning } from "../spec/index.ts"

type Item = Record<string, unknown>

/** What stands before everything else is the instructions; the rest are items. */
export function inputOf(messages: readonly ChatMessage[]) {
  const begins = messages.findIndex(({ role }) => role !== "system")
  const rest = begins < 0 ? [] : messages.slice(begins)
  const system = begins < 0 ? messages : messages.slice(0, begins)
  return {
    instructions: system.map(({ content }) => textOf(content)).join("\n\n") || undefined,
    input: rest.flatMap(itemsOf),
  }
}

/** @see https://platform.openai.com/docs/api-reference/responses/create#responses-create-input */
function itemsOf(message: ChatMessage): Item[] {
  switch (message.role) {
    case "system":
      return [{ type: "message", role: "developer", content: message.content.map(partOf) }]
    case "user":
      return [{ type: "message", role: "user", content: message.content.map(partOf) }]
    case "tool":
      return [
        {
          type: "function_call_output",
          call_id: message.callId,
          output: message.content.every(({ type }) => type === "text")
            ? textOf(message.content)
            : message.content.map(partOf),
        },
      ]
    case "assistant":
      return [
        ...(message.reasoning ?? []).flatMap(reasoningOf),
        ...saidOf(message.content),
        ...(message.toolCalls ?? []).map(({ id, name, arguments: json }) => ({
          type: "function_call",
          call_id: id,
          name,
          arguments: json,
        })),
      ]
  }
}

/** Only what OpenAI sealed may go back; the id it had is nothing to a server that stored nothing. */
const reasoningOf = ({ text, signature }: Reasoning): Item[] =>
  signature
    ? [
        {
          type: "reasoning",
          summary: text ? [{ type: "summary_text", text }] : [],
          encrypted_content: signature,
        },
      ]
    : []

function saidOf(content: Part[]): Item[] {
  const text = textOf(content)
  if (text === "") return []
  return [
    {
      type: "message",
      role: "assistant",
      content: [{ type: "output_text", text, annotations: [] }],
    },
  ]
}

function partOf(part: Part): Item {
  switch (part.type) {
    case "text":
      return { type: "input_text", text: part.text }
    case "image":
      return { type: "input_image", image_url: part.url, detail: part.detail ?? "auto" }
    case "audio":
      return { type: "input_audio", input_audio: { data: part.data, format: part.format } }
    case "file": {
      const inline = part.data === undefined || part.data.startsWith("data:")
      return {
        type: "input_file",
        filename: part.filename,
        file_id: part.fileId,
        [inline ? "file_data" : "file_url"]: part.data,
      }
    }
  }
}

const textOf = (parts: readonly Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")
