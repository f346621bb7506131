import type { ChatMessage, ChatRequest, Part, Reasoning, ToolCall } from "../spec/index.ts"
import { parseDataUrl } from "../wire/data-url.ts"
import { isRecord, parseJson, record } from "../wire/json.ts"

type WirePart = Record<string, unknown>
type Content = { role: "user" | "model"; parts: WirePart[] }

/** Stands in for the signature of a call some other model made. */
const foreignSignature = "skip_thought_signature_validator"

export const systemOf = (messages: readonly ChatMessage[]) =>
  messages
    .filter(({ role }) => role === "system")
    .map(({ content }) => textOf(content))
    .filter((text) => text !== "")
    .join("\n\n")

/**
 * Turns in alternation that begin with the user's; all results of one turn's calls share one.
 *
 * @see https://ai.google.dev/api/caching#Content
 */
export function contentsOf({ messages, model }: ChatRequest): Content[] {
  const contents: Content[] = []
  const names = new Map<string, string>()
  const signed = /gemini-([3-9]|\d\d)/.test(model)

  for (const message of messages) {
    if (message.role === "system") continue
    const parts = partsOf(message, names, signed)
    if (parts.length === 0) continue
    const role = message.role === "assistant" ? "model" : "user"
    const last = contents.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else contents.push({ role, parts })
  }
  if (contents[0]?.role !== "user") contents.unshift({ role: "user", parts: [{ text: "…" }] })
  return contents
}

function partsOf(
  message: Exclude<ChatMessage, { role: "system" }>,
  names: Map<string, string>,
  signed: boolean,
): WirePart[] {
  if (message.role === "tool")
    return [responseOf(message, names), ...message.content.filter(isPicture).flatMap(partOf)]
  const parts = message.content.flatMap(partOf)
  if (message.role === "user") return parts
  const calls = message.toolCalls ?? []
  for (const { id, name } of calls) names.set(id, name)
  return [
    ...parts,
    ...(message.reasoning ?? []).flatMap(signatureOf),
    ...calls.map((call, index) => callOf(call, signed && index === 0)),
  ]
}

/** What was thought is not told again, only the signature its maker wants to see. */
const signatureOf = ({ signature }: Reasoning): WirePart[] =>
  signature ? [{ text: "", thoughtSignature: signature }] : []

const isPicture = ({ type }: Part) => type === "image"

/** From generation 3 on the first call of a turn must carry a signature. */
function callOf({ id, name, arguments: json, signature }: ToolCall, mustSign: boolean): WirePart {
  const thoughtSignature = signature ?? (mustSign ? foreignSignature : undefined)
  const functionCall = { id, name, args: record(parseJson(json)) }
  return { functionCall, ...(thoughtSignature && { thoughtSignature }) }
}

/** Gemini tells results apart by the function's name, and wants an object. */
function responseOf(message: ChatMessage & { role: "tool" }, names: Map<string, string>): WirePart {
  const { callId: id, content, isError } = message
  const text = textOf(content)
  const said = parseJson(text)
  const response = isError ? { error: text } : isRecord(said) ? said : { result: text }
  const name = message.name ?? names.get(id) ?? id
  return { functionResponse: { id, name, response } }
}

function partOf(part: Part): WirePart[] {
  switch (part.type) {
    case "text":
      return part.text === "" ? [] : [{ text: part.text }]
    case "image":
      return [mediaOf(part.url, "image/*")]
    case "audio":
      return [{ inlineData: { mimeType: `audio/${part.format}`, data: part.data } }]
    case "file":
      return [mediaOf(part.data ?? part.fileId ?? "", "application/pdf")]
  }
}

/** What its own file service keeps, Google's storage, and videos of YouTube. */
export const takesAddress = (url: string) =>
  /^(gs:|https:\/\/(generativelanguage\.googleapis\.com|(www\.)?youtube\.com|youtu\.be)\/)/.test(
    url,
  )

function mediaOf(url: string, kind: string): WirePart {
  const inline = parseDataUrl(url)
  if (inline) return { inlineData: { mimeType: inline.mime, data: inline.data } }
  const extension = /\.(\w{3,4})(?:\?|$)/.exec(url)?.[1]?.toLowerCase() ?? ""
  return { fileData: { mimeType: mimes[extension] ?? kind, fileUri: url } }
}

const mimes: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  pdf: "application/pdf",
}

const textOf = (parts: Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")
