import type {
  ChatMessage,
  ChatRequest,
  Native,
  ResponseFormat,
  Tool,
  ToolChoice,
} from "@nio/adapters"
import type { z } from "zod"
import { AppError } from "../../../core/error.ts"
import { check, present } from "../check.ts"
import type { Asked } from "../dialect.ts"
import { parseObject } from "../read-body.ts"
import { readItems } from "./read-items.ts"
import { type RequestFields, requestSchema, toolsSchema } from "./request-schema.ts"

type Item = Readonly<Record<string, unknown>>

export type ResponsesRequest = Asked & {
  fields: RequestFields
  /** The body as the caller sent it: an answer repeats much of it. */
  body: Readonly<Record<string, unknown>>
  /** What the caller adds to the conversation. */
  input: readonly Item[]
  /** Keeps the answer. Awaited before the caller hears that it is complete. */
  keep?: (response: { id: string }) => Promise<void>
}

/** What the caller asks, without the turns it does not repeat. @throws AppError `input.invalid` */
export function readResponsesRequest(text: string): ResponsesRequest {
  const body = parseObject(text)
  const fields = check(requestSchema, body)
  if (fields.conversation != null) throw unsupported("conversation")
  const native = { dialect: "responses" as const, text, body }
  const input = itemsOf(fields.input)
  return { request: requestOf(fields, native, fields.input ?? []), fields, body, input }
}

/** The same, with the whole conversation in it. `native` is the body that says so. */
export const withInput = (
  asked: ResponsesRequest,
  native: Native,
  input: readonly Item[],
): ResponsesRequest => ({ ...asked, request: requestOf(asked.fields, native, input) })

const itemsOf = (input: RequestFields["input"]): Item[] =>
  typeof input === "string" ? [{ type: "message", role: "user", content: input }] : (input ?? [])

const unsupported = (param: string) =>
  new AppError("input.invalid", {
    detail: `${param}: not supported here`,
    param,
    code: "unsupported_parameter",
  })

/** Items and tools are worked out when a provider of another dialect reads them. */
function requestOf(
  fields: RequestFields,
  native: Native,
  input: string | readonly Item[],
): ChatRequest {
  let messages: ChatMessage[] | undefined
  let tools: ReturnType<typeof readTools> | undefined
  const toolFields = () => {
    tools ??= readTools(check(toolsSchema, native.body))
    return tools
  }
  return {
    ...scalars(fields),
    native,
    get messages() {
      messages ??= [...instructions(fields), ...readItems(input)]
      return messages
    },
    get tools() {
      return toolFields().tools
    },
    get toolChoice() {
      return toolFields().toolChoice
    },
    get responseFormat() {
      return toolFields().responseFormat
    },
  } as ChatRequest
}

const instructions = ({ instructions: text }: RequestFields): ChatMessage[] =>
  text ? [{ role: "system", content: [{ type: "text", text }] }] : []

const scalars = (fields: RequestFields) =>
  present({
    model: fields.model,
    stream: fields.stream ?? false,
    maxTokens: fields.max_output_tokens,
    temperature: fields.temperature,
    topP: fields.top_p,
    logprobs: fields.include?.includes("message.output_text.logprobs"),
    topLogprobs: fields.top_logprobs,
    parallelToolCalls: fields.parallel_tool_calls,
    reasoningEffort: fields.reasoning?.effort,
    user: fields.user,
  })

type WireTools = z.infer<typeof toolsSchema>

const readTools = ({ tools, tool_choice, text }: WireTools) => ({
  tools: tools?.map(({ type: _, ...tool }): Tool => present(tool) as Tool),
  toolChoice: readToolChoice(tool_choice),
  responseFormat: readFormat(text),
})

function readToolChoice(choice: WireTools["tool_choice"]): ToolChoice | undefined {
  if (!choice) return undefined
  return typeof choice === "string" ? choice : { name: choice.name }
}

function readFormat(text: WireTools["text"]): ResponseFormat | undefined {
  const format = text?.format
  if (format?.type === "text") return { type: "text" }
  if (format?.type === "json_object") return { type: "json" }
  if (format?.type !== "json_schema") return undefined
  const { type: _, ...schema } = format
  return { type: "json-schema", ...present(schema) } as ResponseFormat
}
