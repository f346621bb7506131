import type { ChatMessage, ChatRequest, Native, ResponseFormat } from "@nio/adapters"
import type { z } from "zod"
import { AppError } from "../../../core/error.ts"
import { check, present } from "../check.ts"
import type { Asked } from "../dialect.ts"
import { parseObject } from "../read-body.ts"
import { readItems } from "./read-items.ts"
import { type RequestFields, requestSchema, toolsSchema } from "./request-schema.ts"
import { type Called, readTools } from "./tools.ts"

type Item = Readonly<Record<string, unknown>>

export type ResponsesRequest = Asked & {
  fields: RequestFields
  /** The body as the caller sent it: an answer repeats much of it. */
  body: Readonly<Record<string, unknown>>
  /** What the caller adds to the conversation. */
  input: readonly Item[]
  /** Worked out when a provider of another dialect reads them. */
  said: Said
  /** How the caller knows the function a model calls. */
  calledAs(name: string): Called
  /** Keeps the answer. Awaited before the caller hears that it is complete. */
  keep?: (response: { id: string }) => Promise<void>
}

/** What the caller asks, without the turns it does not repeat. @throws AppError `input.invalid` */
export function readResponsesRequest(text: string): ResponsesRequest {
  const body = parseObject(text)
  const fields = check(requestSchema, body)
  if (fields.conversation != null) throw unsupported("conversation")
  const native = { dialect: "responses" as const, text, body }
  const said = createSaid(body)
  return {
    request: requestOf({ fields, said }, native, fields.input ?? []),
    fields,
    body,
    input: itemsOf(fields.input),
    said,
    calledAs: (name) => said.read().called.get(name) ?? { type: "function", name },
    dropped: () => said.known()?.dropped ?? [],
  }
}

type Said = ReturnType<typeof createSaid>

/** The tools of a body and the form its answer should have, read once. */
function createSaid(body: Readonly<Record<string, unknown>>) {
  let read: (ReturnType<typeof readTools> & { format: ResponseFormat | undefined }) | undefined
  return {
    read() {
      if (!read) {
        const wire = check(toolsSchema, body)
        read = { ...readTools(wire), format: readFormat(wire.text) }
      }
      return read
    },
    known: () => read,
  }
}

/** The same, with the whole conversation in it. `native` is the body that says so. */
export const withInput = (
  asked: ResponsesRequest,
  native: Native,
  input: readonly Item[],
): ResponsesRequest => ({ ...asked, request: requestOf(asked, native, input) })

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
  { fields, said }: Pick<ResponsesRequest, "fields" | "said">,
  native: Native,
  input: string | readonly Item[],
): ChatRequest {
  let messages: ChatMessage[] | undefined
  return {
    ...scalars(fields),
    native,
    get messages() {
      messages ??= [...instructions(fields), ...readItems(input)]
      return messages
    },
    get tools() {
      return said.read().tools
    },
    get toolChoice() {
      return said.read().choice
    },
    get responseFormat() {
      return said.read().format
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

function readFormat(text: z.infer<typeof toolsSchema>["text"]): ResponseFormat | undefined {
  const format = text?.format
  if (format?.type === "text") return { type: "text" }
  if (format?.type === "json_object") return { type: "json" }
  if (format?.type !== "json_schema") return undefined
  const { type: _, ...schema } = format
  return { type: "json-schema", ...present(schema) } as ResponseFormat
}
