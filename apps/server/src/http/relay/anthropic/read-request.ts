import type { ChatMessage, ChatRequest, ReasoningEffort, Tool, ToolChoice } from "@nio/adapters"
import { AppError } from "../../../core/error.ts"
import { check, present } from "../check.ts"
import type { Asked } from "../dialect.ts"
import { headersNamed } from "../headers-named.ts"
import { parseObject } from "../read-body.ts"
import { readMessages } from "./read-messages.ts"
import {
  countSchema,
  type RequestFields,
  requestSchema,
  toolsSchema,
  type WireTool,
  type WireTools,
} from "./request-schema.ts"

/** @throws AppError `input.invalid` */
export function readMessagesRequest(text: string, headers: Headers): Asked {
  const body = parseObject(text)
  const fields = check(requestSchema, body)
  return { request: lazily(scalars(fields), fields.messages, nativeOf(text, body, headers)) }
}

/** The same without a limit: what is only counted says nothing. @throws AppError `input.invalid` */
export function readCountRequest(text: string, headers: Headers): ChatRequest {
  const body = parseObject(text)
  const { model, messages } = check(countSchema, body)
  return lazily({ model, stream: false }, messages, nativeOf(text, body, headers))
}

/** What of the caller's headers means something to Anthropic. */
const passedOn = ["anthropic-version", "anthropic-beta"]

const nativeOf = (text: string, body: Record<string, unknown>, headers: Headers) => ({
  dialect: "anthropic" as const,
  text,
  body,
  headers: headersNamed(headers, passedOn),
})

/** The messages and tools are worked out when a provider of another dialect reads them. */
function lazily(
  fields: Omit<ChatRequest, "messages" | "native">,
  messages: unknown[],
  native: NonNullable<ChatRequest["native"]>,
): ChatRequest {
  let read: ChatMessage[] | undefined
  let tools: ReturnType<typeof readTools> | undefined
  const toolFields = () => {
    tools ??= readTools(check(toolsSchema, native.body))
    return tools
  }
  return {
    ...fields,
    native,
    get messages() {
      read ??= readMessages(native.body.system, messages)
      return read
    },
    get tools() {
      return toolFields().tools
    },
    get toolChoice() {
      return toolFields().toolChoice
    },
    get parallelToolCalls() {
      return toolFields().parallelToolCalls
    },
    get responseFormat() {
      return toolFields().responseFormat
    },
  } as ChatRequest
}

const scalars = (fields: RequestFields): Omit<ChatRequest, "messages" | "native"> =>
  present({
    model: fields.model,
    stream: fields.stream ?? false,
    maxTokens: fields.max_tokens,
    temperature: fields.temperature,
    topP: fields.top_p,
    topK: fields.top_k,
    stop: fields.stop_sequences,
    reasoningEffort: effortOf(fields),
    user: fields.metadata?.user_id,
  })

/** In tokens: what somebody who gives so much wants. */
const lowBudgetMax = 4_096
const highBudgetMin = 16_000

function effortOf({ thinking, output_config }: RequestFields): ReasoningEffort | undefined {
  if (thinking?.type === "disabled") return "none"
  if (output_config?.effort) return output_config.effort
  if (!thinking) return undefined
  const budget = thinking.budget_tokens ?? lowBudgetMax + 1
  return budget <= lowBudgetMax ? "low" : budget < highBudgetMin ? "medium" : "high"
}

function readTools(wire: WireTools) {
  const { tool_choice: choice } = wire
  const format = wire.output_config?.format ?? wire.output_format
  const alone = choice && "disable_parallel_tool_use" in choice && choice.disable_parallel_tool_use
  return {
    tools: wire.tools?.map(readTool),
    toolChoice: choice ? readChoice(choice) : undefined,
    parallelToolCalls: alone ? false : undefined,
    responseFormat: format
      ? { type: "json-schema" as const, name: "answer", schema: format.schema }
      : undefined,
  }
}

/** Tools that Anthropic runs itself are nobody else's. */
function readTool({ type, name, input_schema, cache_control, ...rest }: WireTool, at: number) {
  if (type && type !== "custom") {
    const detail = `tools.${at}: this model does not support tools of the type ${type}`
    throw new AppError("input.invalid", { detail, param: `tools.${at}.type` })
  }
  const tool = { name, ...rest, parameters: input_schema, cache: cache_control }
  return present(tool) as Tool
}

function readChoice(choice: NonNullable<WireTools["tool_choice"]>): ToolChoice {
  if (choice.type === "any") return "required"
  return choice.type === "tool" ? { name: choice.name } : choice.type
}
