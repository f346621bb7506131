import type { CacheMark, ChatMessage, Part, Reasoning, ToolCall } from "@nio/adapters"
import { check } from "../check.ts"
import { callSignatureIn } from "./call-signature.ts"
import {
  messageSchema,
  type SaidBlock,
  systemSchema,
  type ToolResult,
  type ToolUse,
  type WireBlock,
} from "./request-schema.ts"

/** @throws AppError `input.invalid` */
export function readMessages(system: unknown, messages: unknown[]): ChatMessage[] {
  const instructions = readText(check(systemSchema, system, "system") ?? "")
  return [
    ...(instructions.length > 0 ? [{ role: "system" as const, content: instructions }] : []),
    ...messages.flatMap((message, at) => readMessage(message, `messages.${at}`)),
  ]
}

function readMessage(wire: unknown, at: string): ChatMessage[] {
  const { role, content } = check(messageSchema, wire, at)
  const blocks: WireBlock[] =
    typeof content === "string" ? [{ type: "text", text: content }] : content
  if (role === "assistant") return [readAssistant(blocks)]
  const parts = blocks.flatMap(readSaid)
  if (role === "system") return [{ role, content: parts }]
  // Results answer the turn before: they come first, whatever else this turn says.
  const results = blocks.filter((block) => block.type === "tool_result") as ToolResult[]
  return [
    ...results.map(readResult),
    ...(parts.length > 0 || results.length === 0 ? [{ role, content: parts }] : []),
  ]
}

function readAssistant(blocks: WireBlock[]): ChatMessage {
  const reasoning: Reasoning[] = []
  const toolCalls: ToolCall[] = []
  let callSignature: string | undefined

  for (const block of blocks) {
    if (isOf(block, "thinking")) {
      const { thinking: text, signature } = block
      callSignature = signature ? callSignatureIn(signature) : undefined
      if (callSignature === undefined) reasoning.push({ text, ...(signature && { signature }) })
      else if (text) reasoning.push({ text })
    } else if (isOf(block, "redacted_thinking")) {
      reasoning.push({ text: "", redacted: block.data })
    } else if (isOf(block, "tool_use")) {
      toolCalls.push(readCall(block, callSignature))
      callSignature = undefined
    }
  }
  return {
    role: "assistant",
    content: blocks.flatMap(readSaid),
    ...(reasoning.length > 0 && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  }
}

const isOf = <Type extends WireBlock["type"]>(
  block: WireBlock,
  type: Type,
): block is Extract<WireBlock, { type: Type }> => block.type === type

const readCall = ({ id, name, input, cache_control }: ToolUse, signature: string | undefined) => ({
  id,
  name,
  arguments: JSON.stringify(input ?? {}),
  ...(signature && { signature }),
  ...cacheOf(cache_control),
})

const readResult = ({ tool_use_id, content, is_error, cache_control }: ToolResult) => ({
  role: "tool" as const,
  callId: tool_use_id,
  content: typeof content === "string" ? readText(content) : (content ?? []).flatMap(readSaid),
  ...(is_error && { isError: true }),
  ...cacheOf(cache_control),
})

const cacheOf = (mark: CacheMark | null | undefined) => (mark ? { cache: mark } : {})

type Text = { text: string; cache_control?: CacheMark | null | undefined }

function readText(content: string | Text[]): Part[] {
  const blocks = typeof content === "string" ? [{ text: content }] : content
  return blocks
    .filter(({ text }) => text !== "")
    .map(({ text, cache_control }: Text) => ({ type: "text", text, ...cacheOf(cache_control) }))
}

/** What is said in words and pictures; nothing for any other block. */
function readSaid(block: WireBlock): Part[] {
  switch (block.type) {
    case "text":
      return readText([block as Text])
    case "image":
    case "document":
      return readMedia(block as SaidBlock & { type: "image" | "document" })
    case "search_result": {
      const { title, source, content, cache_control } = block as SaidBlock & {
        type: "search_result"
      }
      const text = [title, source, ...content.map((piece) => piece.text)].join("\n")
      return readText([{ text, cache_control }])
    }
    default:
      return []
  }
}

function readMedia(block: SaidBlock & { type: "image" | "document" }): Part[] {
  const { source, title, cache_control } = block
  const cache = cacheOf(cache_control)
  switch (source.type) {
    case "text":
      return readText([{ text: titled(title, source.data), cache_control }])
    case "content": {
      const parts = readText(source.content)
      return title ? [{ type: "text", text: title }, ...parts] : parts
    }
    case "file":
      return [{ type: "file", fileId: source.file_id, ...cache }]
    case "base64":
    case "url": {
      const url =
        source.type === "url" ? source.url : `data:${source.media_type};base64,${source.data}`
      if (block.type === "image") return [{ type: "image", url, ...cache }]
      return [{ type: "file", data: url, ...(title && { filename: title }), ...cache }]
    }
  }
}

const titled = (title: string | null | undefined, text: string) =>
  title ? `${title}\n\n${text}` : text
