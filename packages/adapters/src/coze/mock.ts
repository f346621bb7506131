import { checkJson, checkModel, checkRequired, invalid } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import type { Script } from "../testing/script.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { records } from "../wire/json.ts"

const key = "pat_mock"
const chat = { id: "7380", conversation_id: "7381", bot_id: "73" }

export const mock: Mock = {
  channel: (url) => ({ baseUrl: url, key }),
  takes: ["POST /v3/chat, streamed", "POST /v1/files/upload", `Bearer ${key}`],
  check: (seen) =>
    seen.headers.get("authorization") === `Bearer ${key}`
      ? checkRequest(seen)
      : { kind: "unauthorized", message: "authentication is invalid" },
  answer,
  refuse: (refusal) => ({
    headers: { "content-type": "application/json" },
    body: JSON.stringify(failed(refusal)),
  }),
  breakOff: (refusal) => frame("error", failed(refusal)),
}

function checkRequest({ method, path, body }: SeenRequest): Refusal | undefined {
  if (method === "POST" && path === "/v1/files/upload") return undefined
  if (method !== "POST" || path !== "/v3/chat")
    return { kind: "model-missing", message: "not found" }
  const messages = records(body?.additional_messages)
  const types = { user: "question", assistant: "answer" } as Record<string, string>
  return (
    checkJson(body) ??
    checkModel(body.bot_id) ??
    checkRequired(body, "user_id", "additional_messages") ??
    (messages.every(({ role, type }) => types[String(role)] === type)
      ? undefined
      : invalid("The field role is invalid")) ??
    (body.stream ? undefined : invalid("auto_save_history must be true when stream is false"))
  )
}

const frame = (event: string, data: unknown) => `event:${event}\ndata:${JSON.stringify(data)}\n\n`

function answer({ path }: SeenRequest, script: Script): Transcript {
  if (path === "/v1/files/upload")
    return {
      headers: { "content-type": "application/json" },
      body: '{"code":0,"msg":"","data":{"id":"file-1"}}',
    }
  const { input, output } = script.usage ?? { input: 7, output: script.chunks.length }
  const usage = { token_count: input + output, output_count: output, input_count: input }
  const said = (type: string, content: string, rest: object = {}) => ({
    ...chat,
    role: "assistant",
    type,
    content,
    content_type: "text",
    ...rest,
  })
  return {
    headers: { "content-type": "text/event-stream" },
    body: [
      frame("conversation.chat.created", { ...chat, status: "created" }),
      frame("conversation.chat.in_progress", { ...chat, status: "in_progress" }),
      ...(script.reasoning ?? []).map((reasoning_content) =>
        frame("conversation.message.delta", said("answer", "", { reasoning_content })),
      ),
      ...script.chunks.map((content) =>
        frame("conversation.message.delta", said("answer", content)),
      ),
      frame("conversation.message.completed", said("answer", script.chunks.join(""))),
      frame("conversation.message.completed", said("follow_up", "And then?")),
      script.toolCalls
        ? frame("conversation.chat.requires_action", {
            ...chat,
            status: "requires_action",
            required_action: actionOf(script.toolCalls),
            usage,
          })
        : frame("conversation.chat.completed", { ...chat, status: "completed", usage }),
      frame("done", "[DONE]"),
    ],
  }
}

const actionOf = (calls: NonNullable<Script["toolCalls"]>) => ({
  type: "submit_tool_outputs",
  submit_tool_outputs: {
    tool_calls: calls.map(({ id, ...called }) => ({ id, type: "function", function: called })),
  },
})

const codes: Record<RefusalKind, number> = {
  invalid: 4000,
  unauthorized: 4100,
  quota: 4028,
  "content-filter": 4000,
  "model-missing": 4200,
  "rate-limited": 4013,
  overloaded: 5000,
}

const failed = ({ kind, message }: Refusal) => ({
  code: codes[kind],
  msg: message,
  detail: { logid: "mock" },
})
