import { checkJson, checkModel, checkRequired, firstOf, invalid } from "../testing/check.ts"
import type { Mock, RefusalKind } from "../testing/mock.ts"
import type { Script } from "../testing/script.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { isRecord, records } from "../wire/json.ts"

const key = "ollama-mock"

export const mock: Mock = {
  channel: (url) => ({ baseUrl: url, key }),
  takes: ["POST /api/chat, in lines of JSON or whole", "GET /api/tags", `Bearer ${key}`],
  check: (seen) =>
    seen.headers.get("authorization") === `Bearer ${key}`
      ? checkRequest(seen)
      : { kind: "unauthorized", message: "unauthorized" },
  answer,
  refuse: ({ kind, message }) => ({
    status: statuses[kind],
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ error: message }),
  }),
  breakOff: ({ message }) => `${JSON.stringify({ error: message })}\n`,
}

function checkRequest({ method, path, body }: SeenRequest) {
  if (method === "GET" && path === "/api/tags") return undefined
  if (method !== "POST" || path !== "/api/chat")
    return { kind: "model-missing" as const, message: "404 page not found" }
  return (
    checkJson(body) ??
    checkModel(body.model) ??
    firstOf(checkRequired(body, "messages"), ...records(body.messages).map(checkMessage))
  )
}

const roles = ["system", "user", "assistant", "tool"]

function checkMessage(message: Record<string, unknown>) {
  if (!roles.includes(String(message.role))) return invalid("invalid role")
  if (typeof message.content !== "string") return invalid("content must be a string")
  const calls = records(message.tool_calls)
  if (calls.some((call) => !isRecord(call.function) || !isRecord(call.function.arguments)))
    return invalid("json: cannot unmarshal string into Go struct field arguments")
  return Array.isArray(message.images) &&
    message.images.some((image) => /^(data|https?):/.test(image))
    ? invalid("illegal base64 data at input byte 4")
    : undefined
}

/** It streams unless it is told not to. */
function answer({ path, body }: SeenRequest, script: Script): Transcript {
  if (path === "/api/tags") return json({ models: [{ name: "scripted" }] })
  const line = (message: object, rest: object = { done: false }) => ({
    model: body.model,
    created_at: "2026-11-01T00:00:00Z",
    message: { role: "assistant", content: "", ...message },
    ...rest,
  })
  const { input, output } = script.usage ?? { input: 7, output: script.chunks.length }
  const end = { done: true, done_reason: "stop", prompt_eval_count: input, eval_count: output }
  const tool_calls = script.toolCalls?.map(({ name, arguments: args }) => ({
    function: { name, arguments: JSON.parse(args) },
  }))
  if (body.stream === false)
    return json(
      line(
        { content: script.chunks.join(""), thinking: script.reasoning?.join(""), tool_calls },
        end,
      ),
    )
  const lines = [
    ...(script.reasoning ?? []).map((thinking) => line({ thinking })),
    ...script.chunks.map((content) => line({ content })),
    ...(tool_calls ?? []).map((call) => line({ tool_calls: [call] })),
    line({}, end),
  ]
  return {
    headers: { "content-type": "application/x-ndjson" },
    body: lines.map((one) => `${JSON.stringify(one)}\n`),
  }
}

const json = (body: unknown): Transcript => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

const statuses: Record<RefusalKind, number> = {
  invalid: 400,
  unauthorized: 401,
  quota: 402,
  "content-filter": 400,
  "model-missing": 404,
  "rate-limited": 429,
  overloaded: 503,
}
