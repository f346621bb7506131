import type {
  ChatMessage,
  ChatRequest,
  ReasoningEffort,
  ResponseFormat,
  Tool,
  ToolChoice,
} from "@nio/adapters"
import type { z } from "zod"
import { AppError } from "../../../core/error.ts"
import { check, present } from "../check.ts"
import type { Asked } from "../dialect.ts"
import { parseObject } from "../read-body.ts"
import { jsonSchemaOf } from "./json-schema.ts"
import { readContents } from "./read-contents.ts"
import {
  type Declaration,
  declarationsSchema,
  type GenerationConfig,
  inCamelCase,
  requestSchema,
  toolsSchema,
} from "./request-schema.ts"

export type GeminiRequest = Asked & {
  /** Whether a stream is one of events; else it is a JSON list that grows. */
  sse: boolean
}

/** What the address says: the model, and how the answer is wanted. */
export type Wanted = { model: string; stream: boolean; sse: boolean }

/** @throws AppError `input.invalid` */
export function readContentRequest(text: string, { model, stream, sse }: Wanted): GeminiRequest {
  return { sse, request: lazily({ model, stream }, text, parseObject(text)) }
}

/**
 * What is to be counted: contents alone, or a whole request inside.
 *
 * @throws AppError `input.invalid`
 */
export function readCountRequest(text: string, model: string): ChatRequest {
  const body = parseObject(text)
  const inner = body.generateContentRequest ?? body.generate_content_request ?? body
  const request = lazily({ model, stream: false }, text, inner as Record<string, unknown>)
  return Object.create(request, { native: { value: { dialect: "gemini", text, body } } })
}

/** The contents and tools are worked out when a provider of another dialect reads them. */
function lazily(
  wanted: Pick<ChatRequest, "model" | "stream">,
  text: string,
  body: Record<string, unknown>,
): ChatRequest {
  const { contents, generationConfig: config } = check(requestSchema, body)
  const { systemInstruction } = inCamelCase(body) as { systemInstruction?: unknown }
  let read: ChatMessage[] | undefined
  let tools: ReturnType<typeof readTools> | undefined
  const toolFields = () => {
    tools ??= readTools(check(toolsSchema, body))
    return tools
  }
  return {
    ...wanted,
    ...(config ? scalars(config) : {}),
    responseFormat: config ? formatOf(config) : undefined,
    native: { dialect: "gemini", text, body },
    get messages() {
      read ??= readContents(systemInstruction, contents)
      return read
    },
    get tools() {
      return toolFields().tools
    },
    get toolChoice() {
      return toolFields().toolChoice
    },
  } as ChatRequest
}

const scalars = (config: GenerationConfig) =>
  present({
    maxTokens: config.maxOutputTokens,
    temperature: config.temperature,
    topP: config.topP,
    topK: config.topK,
    stop: config.stopSequences,
    presencePenalty: config.presencePenalty,
    frequencyPenalty: config.frequencyPenalty,
    seed: config.seed,
    choices: config.candidateCount,
    logprobs: config.responseLogprobs,
    topLogprobs: config.logprobs,
    reasoningEffort: effortOf(config),
  })

/** In tokens: what somebody who gives so much wants. */
const lowBudgetMax = 4_096
const highBudgetMin = 16_000

function effortOf({ thinkingConfig }: GenerationConfig): ReasoningEffort | undefined {
  const level = thinkingConfig?.thinkingLevel?.toLowerCase()
  if (level === "minimal" || level === "low" || level === "medium" || level === "high") return level
  const budget = thinkingConfig?.thinkingBudget
  if (budget == null) return undefined
  if (budget === 0) return "none"
  // The model's own choice.
  if (budget < 0) return "medium"
  return budget <= lowBudgetMax ? "low" : budget < highBudgetMin ? "medium" : "high"
}

function formatOf(config: GenerationConfig): ResponseFormat | undefined {
  const { responseMimeType, responseSchema, responseJsonSchema } = config
  if (responseMimeType !== "application/json") return undefined
  const schema = responseJsonSchema ?? jsonSchemaOf(responseSchema)
  return schema ? { type: "json-schema", name: "answer", schema } : { type: "json" }
}

type WireTools = z.infer<typeof toolsSchema>

function readTools({ tools, toolConfig, cachedContent }: WireTools) {
  if (cachedContent) throw unfit("cachedContent", "content that is kept at Google")
  return {
    tools: tools?.flatMap(readTool),
    toolChoice: choiceOf(toolConfig?.functionCallingConfig ?? undefined),
  }
}

/** Tools that Google runs itself are nobody else's. */
function readTool(wire: Record<string, unknown>, at: number): Tool[] {
  const { functionDeclarations, ...others } = inCamelCase(wire) as Record<string, unknown>
  const [foreign] = Object.keys(present(others))
  if (foreign) throw unfit(`tools.${at}`, foreign)
  return check(declarationsSchema, functionDeclarations ?? [], `tools.${at}`).map(readDeclaration)
}

function readDeclaration({ name, description, parameters, parametersJsonSchema }: Declaration) {
  const schema = parametersJsonSchema ?? jsonSchemaOf(parameters)
  return present({ name, description, parameters: schema }) as Tool
}

const unfit = (param: string, what: string) =>
  new AppError("input.invalid", { detail: `${param}: this model does not support ${what}`, param })

function choiceOf(
  config: NonNullable<WireTools["toolConfig"]>["functionCallingConfig"],
): ToolChoice | undefined {
  const [only, ...others] = config?.allowedFunctionNames ?? []
  switch (config?.mode?.toUpperCase()) {
    case "AUTO":
    case "VALIDATED":
      return "auto"
    case "NONE":
      return "none"
    case "ANY":
      return only !== undefined && others.length === 0 ? { name: only } : "required"
    default:
      return undefined
  }
}
