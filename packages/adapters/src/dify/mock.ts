import { checkJson, checkKey, checkRequired, invalid } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import type { Script } from "../testing/script.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"

const key = "app-mock"

export const mock: Mock = {
  channel: (url) => ({ baseUrl: `${url}/v1`, key }),
  takes: ["POST /v1/chat-messages, streamed", "POST /v1/files/upload", `Bearer ${key}`],
  check: (seen) =>
    checkKey(seen.headers.get("authorization")?.replace("Bearer ", ""), key) ?? checkRequest(seen),
  answer,
  refuse: (refusal) => ({
    status: words[refusal.kind][0],
    headers: { "content-type": "application/json" },
    body: JSON.stringify(failed(refusal)),
  }),
  breakOff: (refusal) => frame("error", failed(refusal)),
}

/** An agent: it answers no other way than streamed. */
function checkRequest({ method, path, body }: SeenRequest): Refusal | undefined {
  if (method === "POST" && path === "/v1/files/upload") return undefined
  if (method !== "POST" || path !== "/v1/chat-messages")
    return { kind: "model-missing", message: "Not Found" }
  return (
    checkJson(body) ??
    checkRequired(body, "inputs", "query", "user") ??
    (body.response_mode === "streaming"
      ? undefined
      : invalid("Agent Chat App does not support blocking mode"))
  )
}

const ids = { task_id: "t1", message_id: "m1", conversation_id: "c1" }
const frame = (event: string, fields: object) =>
  `data: ${JSON.stringify({ event, ...ids, ...fields })}\n\n`

function answer({ path }: SeenRequest, script: Script): Transcript {
  if (path === "/v1/files/upload")
    return { headers: { "content-type": "application/json" }, body: '{"id":"file-1"}' }
  const { input, output } = script.usage ?? { input: 7, output: script.chunks.length }
  const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
  return {
    headers: { "content-type": "text/event-stream" },
    body: [
      "event: ping\n\n",
      frame("agent_thought", { thought: "", tool: "" }),
      ...script.chunks.map((answer) => frame("agent_message", { answer })),
      frame("message_end", { metadata: { usage, retriever_resources: [] } }),
    ],
  }
}

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "invalid_param"],
  unauthorized: [401, "unauthorized"],
  quota: [400, "provider_quota_exceeded"],
  "content-filter": [400, "content_filter"],
  "model-missing": [400, "app_unavailable"],
  "rate-limited": [429, "too_many_requests"],
  overloaded: [503, "completion_request_error"],
}

function failed({ kind, message }: Refusal) {
  const [status, code] = words[kind]
  return { code, message, status }
}
