import { type ChatRequest, type Native, splice } from "@nio/adapters"

type Json = Readonly<Record<string, unknown>>

/** What Gemini takes in place of the signature of somebody else's call. @see https://ai.google.dev/gemini-api/docs/thought-signatures */
const foreignSignature = "skip_thought_signature_validator"

/**
 * The request for somebody who cannot read the thoughts in it: they are left out, and what was said
 * and called stays.
 */
export function withoutSignatures(request: ChatRequest): ChatRequest {
  const native = request.native && strippedNative(request.native)
  const changes: PropertyDescriptorMap = {
    messages: { get: () => strippedMessages(request.messages), enumerable: true },
    ...(native && { native: { value: native, enumerable: true } }),
  }
  return Object.create(request, changes)
}

function strippedMessages(messages: ChatRequest["messages"]): ChatRequest["messages"] {
  return messages.map((message) => {
    if (message.role !== "assistant") return message
    const { reasoning, toolCalls, ...rest } = message
    const readable = reasoning?.filter(({ signature, redacted }) => !signature && !redacted)
    return {
      ...rest,
      ...(readable && readable.length > 0 && { reasoning: readable }),
      ...(toolCalls && { toolCalls: toolCalls.map(({ signature: _, ...call }) => call) }),
    }
  })
}

/** Where each dialect keeps its turns, and what of a turn is left. */
const strippers: Partial<
  Record<Native["dialect"], { field: string; turn: (turn: Json) => Json | undefined }>
> = {
  anthropic: { field: "messages", turn: withContent },
  openai: { field: "messages", turn: withoutDetails },
  gemini: { field: "contents", turn: withParts },
  responses: {
    field: "input",
    turn: (item) => (item.type === "reasoning" && item.encrypted_content ? undefined : item),
  },
}

function strippedNative(native: Native): Native {
  const stripper = strippers[native.dialect]
  const turns = stripper && native.body[stripper.field]
  if (!stripper || !Array.isArray(turns)) return native
  const left = turns.flatMap((turn) => (isRecord(turn) ? (stripper.turn(turn) ?? []) : [turn]))
  // Who thinks wants the thoughts that led to its calls: without them it is not to think.
  const thinks = native.dialect === "anthropic" && native.body.thinking !== undefined
  const { thinking: _, ...rest } = native.body
  const body = { ...(thinks ? rest : native.body), [stripper.field]: left }
  const edits = new Map<string, string | undefined>([[stripper.field, JSON.stringify(left)]])
  if (thinks) edits.set("thinking", undefined)
  return { ...native, body, text: splice(native.text, edits) }
}

function withContent(message: Json): Json {
  if (!Array.isArray(message.content)) return message
  const content = message.content.filter(
    (block) => !isRecord(block) || !/^(redacted_)?thinking$/.test(String(block.type)),
  )
  return { ...message, content: content.length > 0 ? content : [{ type: "text", text: "…" }] }
}

function withoutDetails(message: Json): Json {
  const { reasoning_details: _, thinking_blocks: __, tool_calls: calls, ...rest } = message
  if (!Array.isArray(calls)) return rest
  return { ...rest, tool_calls: calls.map(withoutExtra) }
}

function withoutExtra(call: unknown) {
  if (!isRecord(call)) return call
  const { extra_content: _, ...rest } = call
  return rest
}

function withParts(content: Json): Json {
  if (!Array.isArray(content.parts)) return content
  return { ...content, parts: content.parts.filter(isNoThought).map(withoutSignature) }
}

const isNoThought = (part: unknown) => !isRecord(part) || part.thought !== true

function withoutSignature(part: unknown) {
  if (!isRecord(part)) return part
  const { thoughtSignature, thought_signature, ...rest } = part
  const signed = thoughtSignature ?? thought_signature
  return signed && rest.functionCall ? { ...rest, thoughtSignature: foreignSignature } : rest
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)
