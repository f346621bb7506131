import { jsonRefusal } from "../openai/mock.ts"
import { checkJson, checkKey, invalid } from "../testing/check.ts"
import type { Mock, Refusal } from "../testing/mock.ts"
import type { Script } from "../testing/script.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { records } from "../wire/json.ts"

/** The third version. A token stands alone in its header. */
export const legacyMock = (
  key: string,
  keyOf: (token: string | null) => string | null | undefined,
): Mock => ({
  channel: (url) => ({ baseUrl: `${url}/api/paas/v3`, key }),
  takes: ["POST /api/paas/v3/model-api/{model}/{invoke,sse-invoke}, a token without Bearer"],
  check: (seen) =>
    checkKey(keyOf(seen.headers.get("authorization")), key) ??
    checkJson(seen.body) ??
    checkRequest(seen),
  answer,
  refuse: ({ kind, message }) =>
    jsonRefusal(kind, 200, {
      code: kind === "unauthorized" ? 1_002 : 1_210,
      msg: message,
      success: false,
    }),
  breakOff: ({ message }) => frame("error", message),
})

function checkRequest({ path, body }: SeenRequest): Refusal | undefined {
  const known = /\/v3\/model-api\/chatglm_(turbo|pro|std|lite)\/(sse-)?invoke$/.test(path)
  if (!known) return { kind: "model-missing", message: "model not found" }
  return records(body.prompt).every(({ role }) => role === "user" || role === "assistant")
    ? undefined
    : invalid("unknown role")
}

const frame = (event: string, data: string, meta?: object) =>
  `event:${event}\nid:1\ndata:${data.replaceAll("\n", "\ndata:")}\n${meta ? `meta:${JSON.stringify(meta)}\n` : ""}\n`

function answer({ path }: SeenRequest, { chunks, usage }: Script): Transcript {
  const { input, output } = usage ?? { input: 7, output: chunks.length }
  const counted = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
  const meta = { request_id: "1", task_id: "1", task_status: "SUCCESS", usage: counted }
  if (path.endsWith("/sse-invoke"))
    return {
      headers: { "content-type": "text/event-stream;charset=UTF-8" },
      body: [...chunks.map((chunk) => frame("add", chunk)), frame("finish", "", meta)],
    }
  const content = JSON.stringify(chunks.join(""))
  const data = { ...meta, choices: [{ role: "assistant", content }] }
  return {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: 200, msg: "操作成功", success: true, data }),
  }
}
