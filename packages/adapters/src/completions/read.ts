import { finishOf, usageIn } from "../openai/wire.ts"
import type { ChatEvent, TokenLogprob } from "../spec/index.ts"
import { count, type Json, record, records, text } from "../wire/json.ts"
import type { Reader } from "../wire/protocol.ts"

/** A frame and a whole answer look alike. @see https://platform.openai.com/docs/api-reference/completions/object */
export const createReader = (): Reader => (frame, events) => {
  for (const [position, answer] of records(frame.choices).entries()) {
    const choice = count(answer.index) ?? position
    const delta = text(answer.text) ?? ""
    const logprobs = logprobsOf(record(answer.logprobs))
    if (delta || logprobs)
      events.push({ type: "text", choice, delta, ...(logprobs && { logprobs }) })
    const reason = finishOf(answer.finish_reason, false)
    if (reason) events.push({ type: "finish", choice, reason })
  }
  const usage = usageIn(frame)
  if (usage) events.push({ type: "usage", usage })
}

export function readDocument(document: Json): ChatEvent[] {
  const events: ChatEvent[] = []
  createReader()(document, events)
  return events
}

/** Lists side by side, one entry a token. The first token of an echo has no probability. */
function logprobsOf({ tokens, token_logprobs, top_logprobs }: Json): TokenLogprob[] | undefined {
  if (!Array.isArray(tokens) || tokens.length === 0) return undefined
  const told = Array.isArray(token_logprobs) ? token_logprobs : []
  const tops = Array.isArray(top_logprobs) ? top_logprobs : []
  return tokens.map((token, at) => ({
    token: String(token),
    logprob: Number(told[at] ?? 0),
    ...(tops[at] && {
      top: Object.entries(record(tops[at])).map(([other, logprob]) => ({
        token: other,
        logprob: Number(logprob),
      })),
    }),
  }))
}
