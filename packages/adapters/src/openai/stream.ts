import type { ChatEvent } from "../spec/index.ts"
import { newCallId } from "../wire/call-id.ts"
import { type Failure, failureOf } from "../wire/failure.ts"
import { count, type Json, record, records, text } from "../wire/json.ts"
import { type Glance, keyMarker, type Look, type Reader, wordMarker } from "../wire/protocol.ts"
import { callsIn, readWords, signatureOf } from "./message.ts"
import { finishOf, logprobsOf, usageIn } from "./wire.ts"

export const markers = [
  keyMarker("usage"),
  keyMarker("finish_reason"),
  keyMarker("tool_calls"),
  wordMarker("error"),
  // Some tell a failure by a message alone, beside a number of their own.
  keyMarker("message"),
]

/** Some servers stream whole `message`s in place of deltas. */
const saidIn = (choice: Json) => record(choice.delta ?? choice.message)

const choiceOf = ({ index }: Json) => count(index) ?? 0

const isBareFailure = (frame: Json) => !frame.choices && text(frame.message) !== undefined

/** @see https://platform.openai.com/docs/api-reference/chat-streaming */
export function createGlance(failureIn?: (frame: Json) => Failure | undefined): Glance {
  const called = new Set<number>()

  return (frame, event) => {
    const look: Look = {}
    const usage = usageIn(frame)
    if (usage) look.usage = usage
    if (event === "error" || frame.error || record(frame.x_groq).error)
      return {
        ...look,
        failure: failureOf(record(frame.x_groq).error ? record(frame.x_groq) : frame),
      }
    const failure = failureIn?.(frame) ?? (isBareFailure(frame) ? failureOf(frame) : undefined)
    if (failure) return { ...look, failure }
    for (const choice of records(frame.choices)) {
      const index = choiceOf(choice)
      if (callsIn(saidIn(choice)).length > 0) called.add(index)
      const finish = finishOf(choice.finish_reason, called.has(index))
      if (finish) look.finish ??= finish
    }
    return look
  }
}

/** @see https://platform.openai.com/docs/api-reference/chat-streaming */
export function createReader(): Reader {
  const called = new Map<number, ReturnType<typeof createCallReader>>()

  return (frame, events) => {
    for (const choice of records(frame.choices)) {
      const index = choiceOf(choice)
      const said = saidIn(choice)
      readWords(said, index, logprobsOf(choice.logprobs), events)
      for (const call of callsIn(said)) {
        const calls = called.get(index) ?? createCallReader(index)
        called.set(index, calls)
        calls.read(call, events)
      }
      const reason = finishOf(choice.finish_reason, called.has(index))
      if (!reason) continue
      called.get(index)?.end(events)
      events.push({ type: "finish", choice: index, reason })
    }
    const usage = usageIn(frame)
    if (usage) events.push({ type: "usage", usage })
  }
}

/**
 * Numbers the calls of a choice. Their index may be missing or always 0 (Gemini behind OpenRouter):
 * another id together with a name begins another call.
 */
function createCallReader(choice: number) {
  type Call = { index: number; id: string | undefined; empty: boolean }
  const calls: Call[] = []
  const byPlace = new Map<unknown, Call>()
  let lastPlace: unknown

  function begin(place: unknown, id: string | undefined) {
    const call = { index: calls.length, id, empty: true }
    calls.push(call)
    byPlace.set(place, call)
    return call
  }

  return {
    read(wire: Json, events: ChatEvent[]) {
      const said = record(wire.function)
      const id = text(wire.id)
      const name = text(said.name)
      const place = wire.index ?? id ?? lastPlace
      const known = byPlace.get(place)
      const first = !known || (id !== undefined && name !== undefined && id !== known.id)
      const call = first ? begin(place, id) : known
      const argumentsDelta = argumentsOf(said.arguments)
      const signature = signatureOf(wire)
      call.empty &&= argumentsDelta === ""
      lastPlace = place
      events.push({
        type: "tool-call",
        choice,
        index: call.index,
        ...(first && { id: id ?? newCallId() }),
        ...(first && name && { name }),
        argumentsDelta,
        ...(signature && { signature }),
      })
    },
    /** Arguments are JSON: no word about them means that there are none. */
    end(events: ChatEvent[]) {
      for (const call of calls) {
        if (!call.empty) continue
        call.empty = false
        events.push({ type: "tool-call", choice, index: call.index, argumentsDelta: "{}" })
      }
    },
  }
}

/** Arguments are JSON text; a few servers send the object. */
export const argumentsOf = (value: unknown) =>
  typeof value === "string"
    ? value
    : value === undefined || value === null
      ? ""
      : JSON.stringify(value)
