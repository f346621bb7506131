import type { ChatEvent, ChatRequest, Upstream } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import { type Json, record, records, text } from "../wire/json.ts"
import { plainTurns } from "../wire/plain-turns.ts"
import type { ChatProtocol, Look } from "../wire/protocol.ts"
import { unsupported } from "../wire/unsupported.ts"
import { judge } from "./errors.ts"

/** Models from before Gemini, by way of those who still have them. */
export const isPalm = ({ model }: ChatRequest) => model.includes("bison")

/**
 * PaLM 2 answers whole, counts nothing, and knows two authors by their number.
 *
 * @see https://developers.generativeai.google/api/rest/generativelanguage/models/generateMessage
 */
export const palmProtocol: ChatProtocol = {
  dialect: undefined,
  buildRequest: (request, { baseUrl, key }: Upstream) => ({
    url: `${baseUrl.replace(/\/v\d[\w.]*$/, "")}/v1beta2/models/${encodeURIComponent(request.model)}:generateMessage`,
    headers: { "x-goog-api-key": key },
    body: JSON.stringify(toBody(request)),
  }),
  markers: [],
  createGlance: () => look,
  createReader: () => () => undefined,
  readDocument,
  judge,
}

function toBody({ messages, temperature, topP, topK, choices, tools }: ChatRequest) {
  if (tools?.length) throw unsupported("tools", "tools")
  const turns = plainTurns(messages, true)
  const context = turns.filter(({ role }) => role === "system").map(({ content }) => content)
  const said = turns.filter(({ role }) => role !== "system")
  return {
    prompt: {
      context: context.length > 0 ? context.join("\n\n") : undefined,
      messages: said.map(({ role, content }) => ({ author: role === "user" ? "0" : "1", content })),
    },
    temperature: temperature === undefined ? undefined : Math.min(temperature, 1),
    topP,
    topK,
    candidateCount: choices,
  }
}

/** What was filtered is left out of the candidates. */
function look(document: Json): Look {
  if (document.error) return { failure: failureOf(document) }
  const [filter] = records(document.filters)
  if (!filter || records(document.candidates).length > 0) return {}
  const message = `The prompt was blocked (${text(filter.reason) ?? "OTHER"}).`
  return { failure: { message, code: "content_filter", body: document } }
}

function readDocument(document: Json): ChatEvent[] {
  return records(document.candidates).flatMap((candidate, choice) => [
    { type: "text" as const, choice, delta: text(record(candidate).content) ?? "" },
    { type: "finish" as const, choice, reason: "stop" as const },
  ])
}
