import type {
  CacheMark,
  ChatMessage,
  ChatRequest,
  Part,
  ResponseFormat,
  Tool,
  ToolChoice,
} from "@nio/adapters"
import type { z } from "zod"
import { check, present } from "../check.ts"
import type { Asked } from "../dialect.ts"
import { headersNamed } from "../headers-named.ts"
import { parseObject } from "../read-body.ts"
import { readDetail } from "./reasoning-details.ts"
import {
  messageSchema,
  type RequestFields,
  requestSchema,
  toolsSchema,
  type WireMessage,
  type WirePart,
} from "./request-schema.ts"

export type OpenAiRequest = Asked & {
  /** Whether the caller asked for the usage chunk; the upstream is always asked. */
  includeUsage: boolean
  /** Whether the caller speaks of `functions` and wants `function_call` back. */
  legacyFunctions: boolean
}

/** What of the caller's headers means something to OpenAI. */
const passedOn = ["openai-beta"]

/** @throws AppError `input.invalid` */
export function readChatRequest(text: string, headers?: Headers): OpenAiRequest {
  const body = parseObject(text)
  const fields = check(requestSchema, body)
  const native = {
    dialect: "openai" as const,
    text,
    body,
    headers: headers ? headersNamed(headers, passedOn) : {},
  }
  return {
    request: lazily(scalars(fields), native, body, fields.messages),
    includeUsage: fields.stream_options?.include_usage ?? false,
    legacyFunctions: body.functions != null && body.tools == null,
  }
}

/**
 * The messages and tools are worked out when a provider of another dialect reads them: for one of
 * the same dialect they are the upstream's to judge, and go up as they came.
 */
function lazily(
  fields: Omit<ChatRequest, "messages" | "native">,
  native: NonNullable<ChatRequest["native"]>,
  body: Record<string, unknown>,
  messages: unknown[],
): ChatRequest {
  let read: ChatMessage[] | undefined
  let tools: ReturnType<typeof readTools> | undefined
  const toolFields = () => {
    tools ??= readTools(check(toolsSchema, body))
    return tools
  }
  return {
    ...fields,
    native,
    get messages() {
      read ??= readMessages(messages)
      return read
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

function scalars(fields: RequestFields): Omit<ChatRequest, "messages" | "native"> {
  const { stop } = fields
  return present({
    model: fields.model,
    stream: fields.stream ?? false,
    maxTokens: fields.max_completion_tokens ?? fields.max_tokens,
    temperature: fields.temperature,
    topP: fields.top_p,
    topK: fields.top_k,
    stop: typeof stop === "string" ? [stop] : stop,
    presencePenalty: fields.presence_penalty,
    frequencyPenalty: fields.frequency_penalty,
    seed: fields.seed,
    choices: fields.n,
    logprobs: fields.logprobs,
    topLogprobs: fields.top_logprobs,
    parallelToolCalls: fields.parallel_tool_calls,
    reasoningEffort: fields.reasoning_effort,
    user: fields.user,
  })
}

type WireTools = z.infer<typeof toolsSchema>

function readTools(wire: WireTools) {
  const functions = wire.tools?.map((tool) => tool.function) ?? wire.functions
  return {
    tools: functions?.map((tool): Tool => present({ ...tool }) as Tool),
    toolChoice: readToolChoice(wire),
    responseFormat: readFormat(wire.response_format),
  }
}

function readToolChoice({ tool_choice, function_call }: WireTools): ToolChoice | undefined {
  const choice = tool_choice ?? function_call
  if (typeof choice === "string") return choice
  if (!choice) return undefined
  return { name: "function" in choice ? choice.function.name : choice.name }
}

function readFormat(format: WireTools["response_format"]): ResponseFormat | undefined {
  switch (format?.type) {
    case "text":
      return { type: "text" }
    case "json_object":
      return { type: "json" }
    case "json_schema":
      return { type: "json-schema", ...present(format.json_schema) } as ResponseFormat
    default:
      return undefined
  }
}

function readMessages(messages: unknown[]): ChatMessage[] {
  const wire = messages.map((message, at) => check(messageSchema, message, `messages.${at}`))
  return wire.map((message, at) => readMessage(message, at, wire))
}

/** Legacy function results have no id: they answer the call just before them. */
const legacyCallId = (at: number) => `call_legacy_${at}`

function readMessage(message: WireMessage, at: number, all: WireMessage[]): ChatMessage {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: readContent(message.content) }
    case "user":
      return {
        role: "user",
        content: readContent(message.content),
        ...(message.name && { name: message.name }),
      }
    case "assistant":
      return readAssistant(message, at)
    case "tool":
      return { role: "tool", callId: message.tool_call_id, content: readContent(message.content) }
    case "function": {
      const callAt = all.slice(0, at).findLastIndex((earlier) => earlier.role === "assistant")
      const content = readContent(message.content ?? "")
      return { role: "tool", callId: legacyCallId(callAt), name: message.name, content }
    }
  }
}

function readAssistant(message: WireMessage & { role: "assistant" }, at: number): ChatMessage {
  const { content, tool_calls, function_call } = message
  const reasoning = readThoughts(message)
  const calls = (tool_calls ?? []).map((call) => {
    const signature = call.extra_content?.google?.thought_signature
    return {
      id: call.id,
      name: call.function.name,
      arguments: call.function.arguments || "{}",
      ...(signature && { signature }),
    }
  })
  if (function_call) calls.push({ id: legacyCallId(at), ...function_call })
  return {
    role: "assistant",
    content: readContent(content ?? ""),
    ...(reasoning.length > 0 && { reasoning }),
    ...(calls.length > 0 && { toolCalls: calls }),
  }
}

/** Signed ones are worth more: they say the same and prove it. */
function readThoughts({
  reasoning_content,
  reasoning_details,
}: WireMessage & { role: "assistant" }) {
  const signed = (reasoning_details ?? []).map(readDetail)
  if (signed.some(({ signature, redacted }) => signature || redacted)) return signed
  return reasoning_content ? [{ text: reasoning_content }] : signed.filter(({ text }) => text)
}

function readContent(content: string | WirePart[]): Part[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }]
  return content.map(readPart)
}

function readPart(part: WirePart): Part {
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text, ...markOf(part) }
    case "refusal":
      return { type: "text", text: part.refusal }
    case "image_url":
      return {
        type: "image",
        ...(present({ ...part.image_url }) as { url: string }),
        ...markOf(part),
      }
    case "input_audio":
      return { type: "audio", ...part.input_audio }
    case "file": {
      const { file_id, file_data, filename } = part.file
      return {
        type: "file",
        ...(filename && { filename }),
        ...(file_data && { data: file_data }),
        ...(file_id && { fileId: file_id }),
        ...markOf(part),
      }
    }
  }
}

const markOf = ({ cache_control }: { cache_control?: CacheMark | null | undefined }) =>
  cache_control ? { cache: cache_control } : {}
