import type { ChatEvent } from "../spec/index.ts"
import { newCallId } from "../wire/call-id.ts"
import { type Failure, failureOf } from "../wire/failure.ts"
import { count, type Json, record, records, text } from "../wire/json.ts"
import { type Glance, keyMarker, type Look, type Reader, wordMarker } from "../wire/protocol.ts"
import { finishOf, logprobsOf, usageOf } from "./wire.ts"

export const markers = [
  keyMarker("usageMetadata"),
  keyMarker("finishReason"),
  keyMarker("functionCall"),
  keyMarker("promptFeedback"),
  wordMarker("error"),
]

const choiceOf = ({ index }: Json) => count(index) ?? 0
const partsOf = (candidate: Json) => records(record(candidate.content).parts)

/** @see https://ai.google.dev/api/generate-content */
export function createGlance(): Glance {
  const called = new Set<number>()

  return (frame, event) => {
    const look: Look = {}
    const usage = usageOf(frame.usageMetadata)
    if (usage) look.usage = usage
    const failure = failureIn(frame, event)
    if (failure) return { ...look, failure }
    for (const candidate of records(frame.candidates)) {
      const choice = choiceOf(candidate)
      if (partsOf(candidate).some((part) => part.functionCall)) called.add(choice)
      const finish = finishOf(candidate.finishReason, called.has(choice))
      if (finish) look.finish ??= finish
    }
    return look
  }
}

/** A prompt that was blocked has no candidates, and a 200. */
function failureIn(frame: Json, event: string): Failure | undefined {
  if (frame.error || event === "error") return failureOf(frame)
  const reason = text(record(frame.promptFeedback).blockReason)
  if (!reason || records(frame.candidates).length > 0) return undefined
  return { message: `The prompt was blocked (${reason}).`, code: "content_filter", body: frame }
}

/** @see https://ai.google.dev/api/generate-content */
export function createReader(): Reader {
  const calls = new Map<number, number>()

  return (frame, events) => {
    for (const candidate of records(frame.candidates)) {
      const choice = choiceOf(candidate)
      const logprobs = logprobsOf(candidate.logprobsResult)
      for (const part of partsOf(candidate)) readPart(part, choice, calls, events)
      if (logprobs) events.push({ type: "text", choice, delta: "", logprobs })
      const reason = finishOf(candidate.finishReason, calls.has(choice))
      if (reason) events.push({ type: "finish", choice, reason })
    }
    const usage = usageOf(frame.usageMetadata)
    if (usage) events.push({ type: "usage", usage })
  }
}

function readPart(part: Json, choice: number, calls: Map<number, number>, events: ChatEvent[]) {
  const said = text(part.text)
  if (said && part.thought) events.push({ type: "reasoning", choice, delta: said })
  else if (said) events.push({ type: "text", choice, delta: said })
  const signature = text(part.thoughtSignature)
  // What is said may be signed as well as what is called: mostly an empty part at the end.
  if (signature && !part.functionCall)
    events.push({ type: "reasoning", choice, delta: "", signature })
  if (part.functionCall) {
    const index = calls.get(choice) ?? 0
    calls.set(choice, index + 1)
    events.push({ type: "tool-call", choice, index, ...callOf(part) })
  }
  const { mimeType, data } = record(part.inlineData)
  if (text(data) && String(mimeType).startsWith("image/"))
    events.push({ type: "image", choice, mime: String(mimeType), data: String(data) })
  const ran = ranCode(part)
  if (ran) events.push({ type: "text", choice, delta: ran })
}

/** Calls come whole; older models give them no id. */
function callOf(part: Json) {
  const { id, name, args } = record(part.functionCall)
  const signature = text(part.thoughtSignature)
  return {
    id: text(id) ?? newCallId(),
    name: text(name) ?? "",
    argumentsDelta: JSON.stringify(record(args)),
    ...(signature && { signature }),
  }
}

/** Code Gemini wrote and ran itself, as Markdown. */
function ranCode({ executableCode, codeExecutionResult }: Json) {
  const { language, code } = record(executableCode)
  if (text(code)) return `\n\`\`\`${String(language ?? "").toLowerCase()}\n${code}\n\`\`\`\n`
  const { output } = record(codeExecutionResult)
  return text(output) ? `\n\`\`\`\n${output}\n\`\`\`\n` : undefined
}

/** A document is a stream of one frame. */
export function readDocument(document: Json): ChatEvent[] {
  if (!document.candidates && !document.promptFeedback) return []
  const events: ChatEvent[] = []
  createReader()(document, events)
  return events
}
