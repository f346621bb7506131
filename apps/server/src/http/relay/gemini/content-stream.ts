import type { ChatEvent, Usage } from "@nio/adapters"
import type { AnswerHead, StreamWriter } from "../dialect.ts"
import { wireError } from "./errors.ts"
import type { Frames } from "./frames.ts"
import { type Candidate, createCandidate, partsOf } from "./parts.ts"
import { wireUsage } from "./wire.ts"

/** Writes events as the documents of a content stream; calls, finishes and usage come with the last. */
export function createContentStream({ id, model }: AnswerHead, frames: Frames): StreamWriter {
  const candidates = new Map<number, Candidate>()
  let usage: Usage | undefined
  const document = (fields: object) =>
    frames.next(JSON.stringify({ ...fields, modelVersion: model, responseId: id }))

  function candidateOf(index: number) {
    const candidate = candidates.get(index) ?? createCandidate(index)
    candidates.set(index, candidate)
    return candidate
  }

  function write(event: ChatEvent): string {
    if (event.type === "usage") {
      usage = event.usage
      return ""
    }
    candidateOf(event.choice).see(event)
    const parts = partsOf(event)
    if (parts.length === 0) return ""
    return document({ candidates: [{ content: { parts, role: "model" }, index: event.choice }] })
  }

  return {
    write: ({ events }) => events.map(write).join(""),
    async end(count) {
      candidateOf(0)
      const last = [...candidates.values()].map((candidate) => {
        const calls = candidate.calls()
        return candidate.wire(calls.length > 0 ? calls : [{ text: "" }])
      })
      const told = wireUsage(usage ?? (await count()))
      return document({ candidates: last, usageMetadata: told }) + frames.end()
    },
    fail: (error) => frames.next(JSON.stringify(wireError(error))) + frames.end(),
  }
}
