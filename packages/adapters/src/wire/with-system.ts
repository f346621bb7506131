import type { ChatMessage, ChatRequest, Native } from "../spec/index.ts"
import { isRecord, record } from "./json.ts"
import { splice } from "./splice.ts"

/**
 * The same request with a system message in front of all others. A body in the caller's dialect gets
 * it where that dialect has such words; every other member of it stays as it is.
 */
export function withSystem(request: ChatRequest, text: string): ChatRequest {
  const system: ChatMessage = { role: "system", content: [{ type: "text", text }] }
  const { native } = request
  return Object.create(request, {
    // Still only worked out when somebody reads them.
    messages: { get: () => [system, ...request.messages], enumerable: true },
    ...(native && { native: { value: inFront(native, text), enumerable: true } }),
  })
}

function inFront(native: Native, text: string): Native {
  const [member, value] = edits[native.dialect](native.body, text)
  const edit = new Map([[member, JSON.stringify(value)]])
  const { kept } = native
  return {
    ...native,
    text: splice(native.text, edit),
    body: { ...native.body, [member]: value },
    ...(kept && { kept: { ...kept, text: splice(kept.text, edit) } }),
  }
}

type Edit = (body: Native["body"], text: string) => [member: string, value: unknown]

const edits: Record<Native["dialect"], Edit> = {
  openai: ({ messages }, text) => [
    "messages",
    [{ role: "system", content: text }, ...(Array.isArray(messages) ? messages : [])],
  ],

  anthropic: ({ system }, text) => [
    "system",
    Array.isArray(system) ? [{ type: "text", text }, ...system] : before(text, system),
  ],

  /** Google's servers read both spellings of a name. */
  gemini(body, text) {
    const member = "system_instruction" in body ? "system_instruction" : "systemInstruction"
    const given = body[member]
    const { parts, ...rest } = record(given)
    const words = typeof given === "string" ? [{ text: given }] : parts
    const others = Array.isArray(words) ? words : isRecord(words) ? [words] : []
    return [member, { ...rest, parts: [{ text }, ...others] }]
  },

  responses: ({ instructions }, text) => ["instructions", before(text, instructions)],

  /** Tokens can have no words put in front of them. */
  completions: ({ prompt }, text) => [
    "prompt",
    typeof prompt === "string" ? before(text, prompt) : prompt,
  ],
}

const before = (text: string, given: unknown) =>
  typeof given === "string" && given !== "" ? `${text}\n\n${given}` : text
