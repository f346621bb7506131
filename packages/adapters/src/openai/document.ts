import type { ChatEvent } from "../spec/index.ts"
import { newCallId } from "../wire/call-id.ts"
import { count, type Json, record, records, text } from "../wire/json.ts"
import { callsIn, readWords, signatureOf } from "./message.ts"
import { argumentsOf } from "./stream.ts"
import { finishOf, logprobsOf, usageIn } from "./wire.ts"

/** @see https://platform.openai.com/docs/api-reference/chat/object */
export function readDocument(document: Json): ChatEvent[] {
  const events: ChatEvent[] = []
  for (const [position, answer] of records(document.choices).entries()) {
    const choice = count(answer.index) ?? position
    const message = record(answer.message)
    readWords(message, choice, logprobsOf(answer.logprobs), events)
    const calls = callsIn(message)
    for (const [index, call] of calls.entries()) {
      const said = record(call.function)
      const signature = signatureOf(call)
      events.push({
        type: "tool-call",
        choice,
        index,
        id: text(call.id) ?? newCallId(),
        name: text(said.name) ?? "",
        argumentsDelta: argumentsOf(said.arguments) || "{}",
        ...(signature && { signature }),
      })
    }
    const reason = finishOf(answer.finish_reason, calls.length > 0) ?? "other"
    events.push({ type: "finish", choice, reason })
  }
  const usage = usageIn(document)
  if (usage) events.push({ type: "usage", usage })
  return events
}
