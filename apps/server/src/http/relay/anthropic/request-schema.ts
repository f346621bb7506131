import { z } from "zod"
import { modelName } from "../../../contract/index.ts"

/** Far beyond any model's answer, far below where counting stops being exact. */
const tokensMax = 10_000_000

const number = z.number().nullish()
const name = z.string().min(1).max(256)
const cache_control = z.record(z.string(), z.unknown()).nullish()
const effort = z.enum(["low", "medium", "high", "xhigh", "max"]).nullish().catch(undefined)

/** What counting the tokens of a request needs of it, too. */
const asked = {
  model: modelName,
  messages: z.array(z.unknown()).min(1),
  thinking: z
    .object({ type: z.string(), budget_tokens: z.int().min(0).max(tokensMax).nullish() })
    .nullish(),
  output_config: z.object({ effort }).nullish(),
}
export const countSchema = z.object(asked)

/**
 * What we look at ourselves in a request for a message. Everything else is the upstream's to
 * judge, and reaches it as it came when it speaks the same dialect.
 *
 * @see https://docs.anthropic.com/en/api/messages
 */
export const requestSchema = z.object({
  ...asked,
  max_tokens: z.int().min(1).max(tokensMax),
  stream: z.boolean().nullish(),
  temperature: number,
  top_p: number,
  top_k: z.int().min(0).nullish(),
  stop_sequences: z.array(z.string()).max(64).nullish(),
  metadata: z.object({ user_id: z.string().nullish() }).nullish(),
})
export type RequestFields = z.infer<typeof requestSchema>

const tool = z.object({
  type: z.string().nullish(),
  name,
  description: z.string().nullish(),
  input_schema: z.unknown().optional(),
  strict: z.boolean().nullish(),
  cache_control,
})
const format = z.object({ type: z.literal("json_schema"), schema: z.unknown() }).nullish()

/** The parts that are only read when a provider of another dialect must be asked. */
export const toolsSchema = z.object({
  tools: z.array(tool).nullish(),
  tool_choice: z
    .discriminatedUnion("type", [
      z.object({
        type: z.enum(["auto", "any"]),
        disable_parallel_tool_use: z.boolean().nullish(),
      }),
      z.object({
        type: z.literal("tool"),
        name,
        disable_parallel_tool_use: z.boolean().nullish(),
      }),
      z.object({ type: z.literal("none") }),
    ])
    .nullish(),
  output_config: z.object({ format }).nullish(),
  output_format: format,
})
export type WireTools = z.infer<typeof toolsSchema>
export type WireTool = z.infer<typeof tool>

const textBlock = z.object({ type: z.literal("text"), text: z.string(), cache_control })
const source = z.discriminatedUnion("type", [
  z.object({ type: z.literal("base64"), media_type: z.string(), data: z.string() }),
  z.object({ type: z.literal("url"), url: z.string().min(1) }),
  z.object({ type: z.literal("text"), data: z.string() }),
  z.object({ type: z.literal("file"), file_id: z.string().min(1) }),
  z.object({
    type: z.literal("content"),
    content: z.union([z.string(), z.array(textBlock)]),
  }),
])
const mediaBlock = z.object({
  type: z.enum(["image", "document"]),
  source,
  title: z.string().nullish(),
  cache_control,
})
const searchResult = z.object({
  type: z.literal("search_result"),
  title: z.string(),
  source: z.string(),
  content: z.array(textBlock),
  cache_control,
})
const said = z.discriminatedUnion("type", [textBlock, mediaBlock, searchResult])
const toolUse = z.object({
  type: z.literal("tool_use"),
  id: z.string(),
  name,
  input: z.unknown().optional(),
  cache_control,
})
const toolResult = z.object({
  type: z.literal("tool_result"),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(said)]).nullish(),
  is_error: z.boolean().nullish(),
  cache_control,
})
const thinking = z.object({
  type: z.literal("thinking"),
  thinking: z.string(),
  signature: z.string().nullish(),
})
const redacted = z.object({ type: z.literal("redacted_thinking"), data: z.string() })

/** What the upstream ran itself, told again: it means something to its maker alone. */
const servedBlock = z.object({
  type: z.string().regex(/^(server_tool_use|mcp_tool_use|container_upload|\w+_tool_result)$/),
})

const block = z.union([
  z.discriminatedUnion("type", [
    textBlock,
    mediaBlock,
    searchResult,
    toolUse,
    toolResult,
    thinking,
    redacted,
  ]),
  servedBlock,
])
export type SaidBlock = z.infer<typeof said>
export type WireBlock = z.infer<typeof block>
export type ToolUse = z.infer<typeof toolUse>
export type ToolResult = z.infer<typeof toolResult>

export const messageSchema = z.object({
  role: z.enum(["user", "assistant", "system"]),
  content: z.union([z.string(), z.array(block)]),
})
export const systemSchema = z.union([z.string(), z.array(textBlock)]).nullish()
