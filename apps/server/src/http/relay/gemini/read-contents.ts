import type { ChatMessage, Part, Reasoning, ToolCall } from "@nio/adapters"
import { check } from "../check.ts"
import { fromBase64, redactedIn } from "./redacted.ts"
import { contentSchema, type WireContent, type WirePart } from "./request-schema.ts"

/** @throws AppError `input.invalid` */
export function readContents(system: unknown, contents: unknown[]): ChatMessage[] {
  const ids = createCallIds()
  const instructions = typeof system === "string" ? { parts: [{ text: system }] } : system
  const said = instructions ? check(contentSchema, instructions, "systemInstruction").parts : []
  return [
    ...(said.length > 0 ? [{ role: "system" as const, content: said.flatMap(readPart) }] : []),
    ...contents.flatMap((content, at) =>
      readContent(check(contentSchema, content, `contents.${at}`), ids),
    ),
  ]
}

type CallIds = ReturnType<typeof createCallIds>

/** Calls and results may come without ids: a result then answers the oldest open call of its name. */
function createCallIds() {
  const open: { id: string; name: string }[] = []
  let made = 0
  return {
    called(name: string, id: string | null | undefined) {
      const call = { id: id || `call_${made++}`, name }
      open.push(call)
      return call.id
    },
    answered(name: string, id: string | null | undefined) {
      const at = open.findIndex((call) => (id ? call.id === id : call.name === name))
      const [call] = at < 0 ? [] : open.splice(at, 1)
      return call?.id ?? (id || `call_${made++}`)
    },
  }
}

function readContent({ role, parts }: WireContent, ids: CallIds): ChatMessage[] {
  if (role === "model") return [readModel(parts, ids)]
  const content = parts.flatMap(readPart)
  if (role === "system") return [{ role, content }]
  const results = parts.flatMap(({ functionResponse: result }) =>
    result ? [readResult(result, ids)] : [],
  )
  return [
    ...results,
    ...(content.length > 0 || results.length === 0 ? [{ role: "user" as const, content }] : []),
  ]
}

function readModel(parts: WirePart[], ids: CallIds): ChatMessage {
  const reasoning: Reasoning[] = []
  const toolCalls: ToolCall[] = []
  for (const { text, thought, thoughtSignature: wire, functionCall } of parts) {
    const thoughtSignature = wire ? fromBase64(wire) : undefined
    if (thought) think(reasoning, text ?? "", thoughtSignature)
    if (!functionCall) continue
    const { id, name, args } = functionCall
    toolCalls.push({
      id: ids.called(name, id),
      name,
      arguments: JSON.stringify(args ?? {}),
      ...(thoughtSignature && { signature: thoughtSignature }),
    })
  }
  return {
    role: "assistant",
    content: parts.flatMap(readPart),
    ...(reasoning.length > 0 && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  }
}

/** A signature ends a thought. */
function think(reasoning: Reasoning[], text: string, signature: string | undefined) {
  const redacted = signature === undefined ? undefined : redactedIn(signature)
  if (redacted) {
    reasoning.push({ text: "", redacted })
    return
  }
  const last = reasoning.at(-1)
  const open = last && !last.signature && !last.redacted ? last : undefined
  if (open) open.text += text
  else reasoning.push({ text })
  if (signature) reasoning.at(-1)!.signature = signature
}

type Result = NonNullable<WirePart["functionResponse"]>

function readResult({ id, name, response }: Result, ids: CallIds): ChatMessage {
  const { text, isError } = wordsOf(response)
  return {
    role: "tool",
    callId: ids.answered(name, id),
    name,
    content: [{ type: "text", text }],
    ...(isError && { isError }),
  }
}

/** Functions answer with an object; clients wrap plain text as `output`, `result` or `error`. */
function wordsOf(response: unknown): { text: string; isError?: boolean } {
  const entries = Object.entries(response ?? {})
  const [[key, value] = ["", ""]] = entries
  if (entries.length === 1 && typeof value === "string") {
    if (key === "error") return { text: value, isError: true }
    if (key === "output" || key === "result") return { text: value }
  }
  return { text: JSON.stringify(response ?? {}) }
}

/** What is said in words and media; nothing for thoughts, calls and results. */
function readPart({ text, thought, inlineData, fileData }: WirePart): Part[] {
  if (thought) return []
  const parts: Part[] = text ? [{ type: "text", text }] : []
  if (inlineData) parts.push(readInline(inlineData))
  if (fileData) {
    const isImage = /^image\//.test(fileData.mimeType ?? "")
    parts.push(
      isImage ? { type: "image", url: fileData.fileUri } : { type: "file", data: fileData.fileUri },
    )
  }
  return parts
}

function readInline({ mimeType, data }: { mimeType: string; data: string }): Part {
  const [kind = "", format = ""] = mimeType.split(/[/;]/)
  if (kind === "audio") return { type: "audio", data, format: format === "mpeg" ? "mp3" : format }
  const url = `data:${mimeType};base64,${data}`
  return kind === "image" ? { type: "image", url } : { type: "file", data: url }
}
