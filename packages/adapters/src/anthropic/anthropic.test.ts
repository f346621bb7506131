import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import {
  cutFetch,
  hello,
  type SimulatedUpstream,
  simulate,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { anthropic } from "./index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const sse = { "content-type": "text/event-stream" }

describe("streams", () => {
  test.each([undefined, 1, 3, 1_000])("say the same however they are cut (%p)", async (cut) => {
    const body = await Bun.file(`${import.meta.dir}/fixtures/thinking-tool.sse`).text()
    up.answerWith({ headers: sse, body })
    const { events, signs, bytes } = await tell(
      anthropic,
      hello,
      upstreamAt(up.url, cut ? { fetch: cutFetch(cut) } : {}),
    )
    const call = { type: "tool-call", choice: 0 } as const
    const usage = { input: 135, output: 42, cachedInput: 100, cacheWriteInput: 10 }
    expect(events).toEqual([
      { type: "reasoning", choice: 0, delta: "Grüße." },
      { type: "reasoning", choice: 0, delta: "", signature: "EqQB" },
      { type: "reasoning", choice: 0, delta: "", redacted: "EmwK" },
      { type: "text", choice: 0, delta: "Hello" },
      { ...call, index: 0, id: "toolu_01", name: "get_weather", argumentsDelta: "" },
      { ...call, index: 0, argumentsDelta: '{"city":"Rome"}' },
      { ...call, index: 1, id: "toolu_02", name: "get_time", argumentsDelta: "" },
      { ...call, index: 1, argumentsDelta: "{}" },
      { type: "finish", choice: 0, reason: "tool-calls" },
      { type: "usage", usage },
    ])
    expect(signs.findLast((sign) => sign.usage)?.usage).toEqual(usage)
    expect(bytes).toBe(body)
  })

  test("what is told at the start alone is no usage: a broken answer is counted by its words", async () => {
    const start = `event: message_start\ndata: {"type":"message_start","message":{"usage":{"input_tokens":25,"output_tokens":1}}}\n\n`
    up.answerWith({ headers: sse, body: start })
    const { events, signs, error } = await tell(anthropic, hello, upstreamAt(up.url))
    expect(events).toEqual([])
    expect(signs).toEqual([{}])
    expect(error).toMatchObject({ kind: "bad-response" })
  })

  test("a failure in the middle is an error of its kind", async () => {
    const body = `event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n`
    up.answerWith({ headers: sse, body: `event: ping\ndata: {"type":"ping"}\n\n${body}` })
    const { error } = await tell(anthropic, hello, upstreamAt(up.url))
    expect(error).toMatchObject({ kind: "overloaded", type: "overloaded_error" })
  })
})

test.each([
  [400, "invalid_request_error", "prompt is too long", "invalid-request"],
  [400, "invalid_request_error", "Your credit balance is too low to access", "quota"],
  [401, "authentication_error", "invalid x-api-key", "auth"],
  [402, "billing_error", "pay", "quota"],
  [403, "permission_error", "no", "auth"],
  [404, "not_found_error", "model: x", "model-missing"],
  [413, "request_too_large", "too large", "invalid-request"],
  [429, "rate_limit_error", "slow down", "rate-limit"],
  [500, "api_error", "oops", "overloaded"],
  [504, "timeout_error", "late", "timeout"],
  [529, "overloaded_error", "Overloaded", "overloaded"],
] as const)("%i %s (%s) is a %s", async (status, type, message, kind) => {
  up.answerWith({ status, body: JSON.stringify({ type: "error", error: { type, message } }) })
  const { error } = await tell(anthropic, hello, upstreamAt(up.url))
  expect(error).toMatchObject({ kind, status, message })
})
