import { z } from "zod"
import { modelName } from "../../../contract/index.ts"
import { toolFields } from "./tools.ts"

/** Far beyond any model's answer, far below where counting stops being exact. */
const tokensMax = 10_000_000
/** As OpenAI's own. */
const metadataPairsMax = 16

const number = z.number().nullish()
const name = z.string().min(1).max(256)
const flag = z.boolean().nullish()

/**
 * What we look at ourselves. Everything else is the upstream's to judge, and reaches it as it came
 * when it speaks the same dialect.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export const requestSchema = z.object({
  model: modelName,
  input: z.union([z.string(), z.array(z.record(z.string(), z.unknown()))]).nullish(),
  instructions: z.string().nullish(),
  stream: flag,
  store: flag,
  background: flag,
  previous_response_id: z.string().max(256).nullish(),
  conversation: z.unknown().optional(),
  max_output_tokens: z.int().min(0).max(tokensMax).nullish(),
  temperature: number,
  top_p: number,
  top_logprobs: z.int().min(0).max(20).nullish(),
  parallel_tool_calls: flag,
  include: z.array(z.string()).nullish(),
  metadata: z
    .record(z.string(), z.string())
    .refine((pairs) => Object.keys(pairs).length <= metadataPairsMax, "too many pairs")
    .nullish(),
  user: z.string().nullish(),
  reasoning: z
    .object({
      effort: z
        .enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])
        .nullish()
        .catch(undefined),
    })
    .nullish(),
})
export type RequestFields = z.infer<typeof requestSchema>

const format = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    name,
    schema: z.unknown(),
    strict: flag,
  }),
])

/** The parts that are only read when a provider of another dialect must be asked. */
export const toolsSchema = z.object({
  ...toolFields,
  text: z.object({ format: format.nullish() }).nullish(),
})

const part = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["input_text", "output_text", "text"]), text: z.string() }),
  z.object({ type: z.literal("refusal"), refusal: z.string() }),
  z.object({
    type: z.literal("input_image"),
    image_url: z.string().min(1),
    detail: z.string().nullish(),
  }),
  z.object({
    type: z.literal("input_audio"),
    input_audio: z.object({ data: z.string(), format: z.string() }),
  }),
  z.object({
    type: z.literal("input_file"),
    filename: z.string().nullish(),
    file_id: z.string().nullish(),
    file_data: z.string().nullish(),
    file_url: z.string().nullish(),
  }),
])
const content = z.union([z.string(), z.array(part)])
const summary = z.array(z.object({ text: z.string() })).nullish()

/** What tools the server ran left behind; only whoever ran them can make use of it. */
const hostedCalls = [
  "web_search_call",
  "file_search_call",
  "code_interpreter_call",
  "image_generation_call",
  "mcp_call",
  "mcp_list_tools",
] as const

export const itemSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message"),
    role: z.enum(["user", "assistant", "system", "developer"]),
    content,
  }),
  z.object({
    type: z.literal("reasoning"),
    summary,
    content: summary,
    encrypted_content: z.string().nullish(),
  }),
  z.object({
    type: z.literal("function_call"),
    call_id: z.string().min(1),
    name,
    namespace: z.string().nullish(),
    arguments: z.string(),
  }),
  z.object({
    type: z.literal("custom_tool_call"),
    call_id: z.string().min(1),
    name,
    namespace: z.string().nullish(),
    input: z.string(),
  }),
  z.object({
    type: z.enum(["function_call_output", "custom_tool_call_output"]),
    call_id: z.string().min(1),
    output: content,
  }),
  z.object({ type: z.enum(hostedCalls) }),
])
export type WireItem = z.infer<typeof itemSchema>
export type WirePart = z.infer<typeof part>
