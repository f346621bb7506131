import {
  checkJson,
  checkKey,
  checkModel,
  checkRange,
  checkRequired,
  firstOf,
  invalid,
} from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import type { Script } from "../testing/script.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { records } from "../wire/json.ts"

const key = "cohere-mock"

export const mock: Mock = {
  channel: (url) => ({ baseUrl: url, key }),
  takes: ["POST /v2/chat, whole or streamed", `Bearer ${key}`],
  check: (seen) =>
    checkKey(seen.headers.get("authorization")?.replace("Bearer ", ""), key) ?? checkRequest(seen),
  answer,
  refuse: ({ kind, message }) => ({
    status: statuses[kind],
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: "mock", message }),
  }),
  breakOff: ({ message }) => frame("error", { message }),
}

/** @see https://docs.cohere.com/v2/reference/chat */
function checkRequest({ method, path, body }: SeenRequest): Refusal | undefined {
  if (method !== "POST" || path !== "/v2/chat")
    return { kind: "model-missing", message: "not found" }
  return (
    checkJson(body) ??
    checkModel(body.model) ??
    firstOf(
      checkRequired(body, "messages"),
      checkRange(body, "temperature", 0, 1),
      checkRange(body, "p", 0.01, 0.99),
      checkRange(body, "presence_penalty", 0, 1),
      checkRange(body, "frequency_penalty", 0, 1),
      body.stop_sequences?.length > 5 ? invalid("too many stop sequences") : undefined,
      checkTurns(body.messages),
    )
  )
}

function checkTurns(messages: unknown): Refusal | undefined {
  const called = new Set<unknown>()
  for (const { role, content, tool_calls, tool_call_id } of records(messages)) {
    if (!["system", "user", "assistant", "tool"].includes(String(role)))
      return invalid(`invalid role: ${role}`)
    if (role === "tool" && !called.has(tool_call_id))
      return invalid(`cannot find tool call for tool result ${tool_call_id}`)
    if (role === "assistant" && content === undefined && !tool_calls)
      return invalid("an assistant message needs content or tool_calls")
    for (const { id } of records(tool_calls)) called.add(id)
  }
  return records(messages).length === 0 ? invalid("messages must not be empty") : undefined
}

const frame = (type: string, fields: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

function answer({ body }: SeenRequest, script: Script): Transcript {
  const { input, output } = script.usage ?? { input: 7, output: script.chunks.length }
  const counts = { input_tokens: input, output_tokens: output }
  const usage = { billed_units: counts, tokens: counts }
  const calls = script.toolCalls?.map(({ id, name, arguments: args }) => ({
    id,
    type: "function",
    function: { name, arguments: args },
  }))
  const finish_reason = calls ? "TOOL_CALL" : "COMPLETE"
  if (!body.stream) {
    const content = [
      ...(script.reasoning ? [{ type: "thinking", thinking: script.reasoning.join("") }] : []),
      { type: "text", text: script.chunks.join("") },
    ]
    const message = { role: "assistant", content, ...(calls && { tool_calls: calls }) }
    return {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: "mock", message, finish_reason, usage }),
    }
  }
  const block = (index: number, type: "text" | "thinking", pieces: readonly string[]) => [
    frame("content-start", { index, delta: { message: { content: { type, [type]: "" } } } }),
    ...pieces.map((piece) =>
      frame("content-delta", { index, delta: { message: { content: { [type]: piece } } } }),
    ),
    frame("content-end", { index }),
  ]
  return {
    headers: { "content-type": "text/event-stream" },
    body: [
      frame("message-start", { id: "mock", delta: { message: { role: "assistant" } } }),
      ...(script.reasoning ? block(0, "thinking", script.reasoning) : []),
      ...block(1, "text", script.chunks),
      ...(calls ?? []).flatMap((call, index) => callFrames(call, index)),
      frame("message-end", { delta: { finish_reason, usage } }),
      "data: [DONE]\n\n",
    ],
  }
}

function callFrames(
  call: { id: string; function: { name: string; arguments: string } },
  index: number,
) {
  const { name, arguments: args } = call.function
  const called = (tool_calls: object) => ({ index, delta: { message: { tool_calls } } })
  return [
    frame("tool-call-start", called({ ...call, function: { name, arguments: "" } })),
    frame("tool-call-delta", called({ function: { arguments: args } })),
    frame("tool-call-end", { index }),
  ]
}

const statuses: Record<RefusalKind, number> = {
  invalid: 400,
  unauthorized: 401,
  quota: 402,
  "content-filter": 422,
  "model-missing": 404,
  "rate-limited": 429,
  overloaded: 503,
}
