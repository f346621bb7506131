import { type Json, record, records, text } from "../wire/json.ts"
import { unsupported } from "../wire/unsupported.ts"

/** A block of Anthropic's in Converse's words. Marks for the cache become blocks of their own. */
export const blocksOf = (block: Json): object[] => [
  toBlock(block),
  ...(block.cache_control ? [{ cachePoint: { type: "default" } }] : []),
]

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html */
function toBlock(block: Json): object {
  switch (block.type) {
    case "text":
      return { text: block.text }
    case "image":
      return { image: mediaOf(block) }
    case "document":
      return { document: { ...mediaOf(block), name: nameOf(block.title) } }
    case "tool_use":
      return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } }
    case "tool_result":
      return { toolResult: resultOf(block) }
    case "redacted_thinking":
      return { reasoningContent: { redactedContent: block.data } }
    default:
      return {
        reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } },
      }
  }
}

function resultOf({ tool_use_id: toolUseId, content, is_error }: Json) {
  const blocks = records(content).flatMap(blocksOf)
  return {
    toolUseId,
    content: blocks.length > 0 ? blocks : [{ text: "…" }],
    status: is_error ? "error" : "success",
  }
}

function mediaOf({ source: wire }: Json) {
  const source = record(wire)
  if (source.type === "text")
    return { format: "txt", source: { bytes: Buffer.from(String(source.data)).toString("base64") } }
  if (source.type !== "base64") throw unsupported("files by address", "messages")
  const format = String(source.media_type).split("/")[1] ?? ""
  return { format: format === "jpg" ? "jpeg" : format, source: { bytes: source.data } }
}

/** Letters, digits, single spaces, hyphens and brackets are all it may have. */
const nameOf = (title: unknown) =>
  (text(title) ?? "document")
    .replace(/[^\p{L}\p{N}()[\]-]+/gu, " ")
    .trim()
    .slice(0, 200) || "document"
