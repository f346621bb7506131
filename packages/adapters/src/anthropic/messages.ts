import type { CacheMark, ChatMessage, Part, Reasoning, ToolCall } from "../spec/index.ts"
import { parseDataUrl } from "../wire/data-url.ts"
import { parseJson, record } from "../wire/json.ts"
import { unsupported } from "../wire/unsupported.ts"
import type { Abilities } from "./abilities.ts"

type Block = { type: string } & Record<string, unknown>
type Turn = { role: "user" | "assistant"; content: Block[] }

/** Anthropic wants something said where our side said nothing. */
const silence: Block = { type: "text", text: "…" }

/**
 * Turns in strict alternation that begin with the user's. Every tool call gets its result right
 * after it, or Anthropic refuses the whole conversation.
 */
export function turnsOf(messages: readonly ChatMessage[], { prefill }: Abilities): Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    if (message.role === "system") continue
    const content = blocksOf(message)
    if (content.length === 0) continue
    const role = message.role === "assistant" ? "assistant" : "user"
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content })
  }
  if (turns[0]?.role !== "user") turns.unshift({ role: "user", content: [silence] })
  answerCalls(turns)
  endWell(turns, prefill)
  return turns
}

function blocksOf(message: Exclude<ChatMessage, { role: "system" }>): Block[] {
  if (message.role === "tool") return [resultOf(message)]
  if (message.role === "user") return message.content.flatMap(blockOf)
  return [
    ...(message.reasoning ?? []).flatMap(thinkingBlock),
    ...message.content.flatMap(blockOf),
    ...(message.toolCalls ?? []).map(callBlock),
  ]
}

function resultOf({ callId, content, isError, cache }: ChatMessage & { role: "tool" }): Block {
  const blocks = content.flatMap(blockOf)
  return {
    type: "tool_result",
    tool_use_id: idOf(callId),
    ...(blocks.length > 0 && { content: blocks }),
    ...(isError && { is_error: true }),
    ...markOf({ cache }),
  }
}

/** Only what Anthropic signed may go back. */
function thinkingBlock({ text, signature, redacted }: Reasoning): Block[] {
  if (redacted) return [{ type: "redacted_thinking", data: redacted }]
  return signature ? [{ type: "thinking", thinking: text, signature }] : []
}

const callBlock = ({ id, name, arguments: json, cache }: ToolCall): Block => ({
  type: "tool_use",
  id: idOf(id),
  name,
  input: record(parseJson(json)),
  ...markOf({ cache }),
})

/** Others give their calls ids that Anthropic refuses: `functions.look:0`. */
const idOf = (id: string) => id.replace(/[^\w-]/g, "_")

const markOf = ({ cache }: { cache?: CacheMark | undefined }) =>
  cache ? { cache_control: cache } : {}

function blockOf(part: Part): Block[] {
  switch (part.type) {
    case "text":
      return part.text.trim() === "" ? [] : [{ type: "text", text: part.text, ...markOf(part) }]
    case "image":
      return [{ type: "image", source: sourceOf(part.url), ...markOf(part) }]
    case "file":
      return [{ ...documentOf(part), ...markOf(part) }]
    case "audio":
      throw unsupported("audio", "messages")
  }
}

function sourceOf(url: string) {
  const inline = parseDataUrl(url)
  if (!inline) return { type: "url", url }
  return { type: "base64", media_type: inline.mime, data: inline.data }
}

function documentOf({ filename, data, fileId }: Part & { type: "file" }): Block {
  const title = filename && { title: filename }
  if (fileId) return { type: "document", source: { type: "file", file_id: fileId }, ...title }
  const inline = parseDataUrl(data ?? "")
  if (!inline?.mime.startsWith("text/"))
    return { type: "document", source: sourceOf(data ?? ""), ...title }
  const text = Buffer.from(inline.data, "base64").toString()
  return {
    type: "document",
    source: { type: "text", media_type: "text/plain", data: text },
    ...title,
  }
}

function answerCalls(turns: Turn[]) {
  for (let at = 0; at < turns.length; at += 1) {
    const calls = turns[at]!.content.filter(({ type }) => type === "tool_use")
    if (calls.length === 0) continue
    if (!turns[at + 1]) turns.push({ role: "user", content: [] })
    const answer = turns[at + 1]!
    const results = answer.content.filter(({ type }) => type === "tool_result")
    const answered = new Set(results.map(({ tool_use_id }) => tool_use_id))
    const missing = calls
      .filter(({ id }) => !answered.has(id))
      .map(({ id }) => ({ type: "tool_result", tool_use_id: id, is_error: true }))
    const rest = answer.content.filter(({ type }) => type !== "tool_result")
    answer.content = [...results, ...missing, ...rest]
  }
}

/** A last turn of the assistant's is to be continued: by itself, or where that is refused, by asking. */
function endWell(turns: Turn[], prefill: boolean) {
  const last = turns.at(-1)
  if (last?.role !== "assistant") return
  if (!prefill) {
    turns.push({ role: "user", content: [{ type: "text", text: "Continue." }] })
    return
  }
  const block = last.content.at(-1)
  if (block?.type === "text") block.text = String(block.text).trimEnd()
}
