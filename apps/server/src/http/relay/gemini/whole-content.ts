import type { ChatEvent, Usage } from "@nio/adapters"
import type { AnswerHead, WholeWriter } from "../dialect.ts"
import { type Candidate, createCandidate, partsOf } from "./parts.ts"
import { type WirePart, wireUsage } from "./wire.ts"

/** Collects events into one answer. */
export function createContent({ id, model }: AnswerHead): WholeWriter {
  const candidates = new Map<number, { candidate: Candidate; parts: WirePart[] }>()
  let usage: Usage | undefined

  function of(index: number) {
    const made = candidates.get(index) ?? { candidate: createCandidate(index), parts: [] }
    candidates.set(index, made)
    return made
  }

  function add(event: ChatEvent) {
    if (event.type === "usage") {
      usage = event.usage
      return
    }
    const { candidate, parts } = of(event.choice)
    candidate.see(event)
    for (const part of partsOf(event)) join(parts, part)
  }

  return {
    add(events) {
      for (const event of events) add(event)
    },
    body(counted) {
      of(0)
      return {
        candidates: [...candidates.values()].map(({ candidate, parts }) =>
          candidate.wire([...parts, ...candidate.calls()]),
        ),
        usageMetadata: wireUsage(usage ?? counted),
        modelVersion: model,
        responseId: id,
      }
    },
  }
}

/** Words that follow words of the same kind are one part; a signature ends a thought. */
function join(parts: WirePart[], part: WirePart) {
  const last = parts.at(-1)
  const follows =
    typeof last?.text === "string" &&
    typeof part.text === "string" &&
    last.thought === part.thought &&
    last.thoughtSignature === undefined
  if (follows) Object.assign(last, part, { text: `${last.text}${part.text}` })
  else parts.push(part)
}
