import { z } from "zod"
import { modelName } from "../../../contract/index.ts"
import { detailSchema } from "./reasoning-details.ts"

/** Far beyond any model's answer, far below where counting stops being exact. */
const tokensMax = 10_000_000
/** As OpenAI's own. */
const choicesMax = 128

const number = z.number().nullish()
const tokens = z.int().min(0).max(tokensMax).nullish()
const name = z.string().min(1).max(256)

/**
 * What we look at ourselves in a chat completion request. Everything else is the upstream's to
 * judge, and reaches it as it came when it speaks the same dialect.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const requestSchema = z.object({
  model: modelName,
  messages: z.array(z.unknown()).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  temperature: number,
  top_p: number,
  top_k: z.int().min(0).nullish(),
  n: z.int().min(1).max(choicesMax).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  presence_penalty: number,
  frequency_penalty: number,
  seed: z.int().nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  user: z.string().nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  reasoning_effort: z
    .enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])
    .nullish()
    .catch(undefined),
})
export type RequestFields = z.infer<typeof requestSchema>

/** The parts that are only read when a provider of another dialect must be asked. */
export const toolsSchema = z.object({
  tools: z
    .array(
      z.object({
        type: z.literal("function"),
        function: z.object({
          name,
          description: z.string().nullish(),
          parameters: z.unknown().optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .nullish(),
  tool_choice: z
    .union([
      z.enum(["auto", "none", "required"]),
      z.object({ type: z.literal("function"), function: z.object({ name }) }),
    ])
    .nullish(),
  functions: z
    .array(
      z.object({ name, description: z.string().nullish(), parameters: z.unknown().optional() }),
    )
    .nullish(),
  function_call: z.union([z.enum(["auto", "none"]), z.object({ name })]).nullish(),
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("text") }),
      z.object({ type: z.literal("json_object") }),
      z.object({
        type: z.literal("json_schema"),
        json_schema: z.object({
          name,
          schema: z.unknown().optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    ])
    .nullish(),
})

/** Anthropic's, in the words of those who carry it through chat completions. */
const cache_control = z.record(z.string(), z.unknown()).nullish()

const part = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string(), cache_control }),
  z.object({ type: z.literal("refusal"), refusal: z.string() }),
  z.object({
    type: z.literal("image_url"),
    image_url: z.object({ url: z.string().min(1), detail: z.string().nullish() }),
    cache_control,
  }),
  z.object({
    type: z.literal("input_audio"),
    input_audio: z.object({ data: z.string(), format: z.string() }),
  }),
  z.object({
    type: z.literal("file"),
    file: z.object({
      file_id: z.string().nullish(),
      file_data: z.string().nullish(),
      filename: z.string().nullish(),
    }),
    cache_control,
  }),
])
const content = z.union([z.string(), z.array(part)])

const toolCall = z.object({
  id: z.string(),
  function: z.object({ name, arguments: z.string() }),
  extra_content: z
    .object({ google: z.object({ thought_signature: z.string().nullish() }).nullish() })
    .nullish(),
})

export const messageSchema = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content }),
  z.object({ role: z.literal("user"), content, name: z.string().nullish() }),
  z.object({
    role: z.literal("assistant"),
    content: content.nullish(),
    reasoning_content: z.string().nullish(),
    reasoning_details: z.array(detailSchema).nullish(),
    tool_calls: z.array(toolCall).nullish(),
    function_call: z.object({ name, arguments: z.string() }).nullish(),
  }),
  z.object({ role: z.literal("tool"), content, tool_call_id: z.string() }),
  z.object({ role: z.literal("function"), content: z.string().nullish(), name }),
])
export type WireMessage = z.infer<typeof messageSchema>
export type WirePart = z.infer<typeof part>
