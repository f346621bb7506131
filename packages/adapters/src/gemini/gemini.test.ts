import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { ChatEvent } from "../spec/index.ts"
import {
  cutFetch,
  hello,
  type SimulatedUpstream,
  simulate,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { gemini } from "./index.ts"
import { createReader } from "./stream.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const sse = { "content-type": "text/event-stream" }

function read(...parts: object[]) {
  const events: ChatEvent[] = []
  createReader()({ candidates: [{ content: { parts } }] }, events)
  return events
}

describe("streams", () => {
  test.each([undefined, 1, 3, 1_000])("say the same however they are cut (%p)", async (cut) => {
    const body = await Bun.file(`${import.meta.dir}/fixtures/thinking-tool.sse`).text()
    up.answerWith({ headers: sse, body })
    const { events, signs, bytes } = await tell(
      gemini,
      hello,
      upstreamAt(up.url, cut ? { fetch: cutFetch(cut) } : {}),
    )
    const usage = { input: 8, output: 35, cachedInput: 2, reasoning: 30 }
    expect(events.filter(({ type }) => type !== "usage")).toEqual([
      { type: "reasoning", choice: 0, delta: "Let me think" },
      { type: "text", choice: 0, delta: "Grüße" },
      {
        type: "tool-call",
        choice: 0,
        index: 0,
        id: expect.stringMatching(/^call_\w{24}$/),
        name: "get_weather",
        argumentsDelta: '{"city":"Rome"}',
        signature: "CiQ=",
      },
      { type: "tool-call", choice: 0, index: 1, id: "fc2", name: "get_time", argumentsDelta: "{}" },
      { type: "finish", choice: 0, reason: "tool-calls" },
    ])
    expect(events.at(-1)).toEqual({ type: "usage", usage })
    expect(signs.at(-1)).toEqual({ usage, finish: "tool-calls" })
    expect(bytes).toBe(body)
  })

  test("pictures, code and logprobs", () => {
    expect(read({ inlineData: { mimeType: "image/png", data: "iVBO" } })).toEqual([
      { type: "image", choice: 0, mime: "image/png", data: "iVBO" },
    ])
    const ran = read(
      { executableCode: { language: "PYTHON", code: "print(1)" } },
      { codeExecutionResult: { outcome: "OUTCOME_OK", output: "1" } },
    )
    expect(ran.map((event) => "delta" in event && event.delta).join("")).toBe(
      "\n```python\nprint(1)\n```\n\n```\n1\n```\n",
    )
  })

  test.each([
    ["STOP", "stop"],
    ["MAX_TOKENS", "length"],
    ["SAFETY", "content-filter"],
    ["RECITATION", "content-filter"],
    ["MALFORMED_FUNCTION_CALL", "other"],
  ] as const)("%s is %s", (finishReason, reason) => {
    const events: ChatEvent[] = []
    createReader()({ candidates: [{ finishReason }] }, events)
    expect(events).toEqual([{ type: "finish", choice: 0, reason }])
  })

  test.each([true, false])("a blocked prompt is refused, streamed or not (%p)", async (stream) => {
    const blocked = `{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4}}`
    up.answerWith({ headers: sse, body: stream ? `data: ${blocked}\r\n\r\n` : blocked })
    const { error } = await tell(gemini, { ...hello, stream }, upstreamAt(up.url))
    expect(error).toMatchObject({
      kind: "content-filter",
      message: expect.stringContaining("SAFETY"),
    })
  })

  test("a stream in the form of a list is read as documents", async () => {
    const part = (text: string) => ({ candidates: [{ content: { parts: [{ text }] } }] })
    up.answerWith({ body: JSON.stringify([part("a"), part("b")], null, 1) })
    const { events } = await tell(gemini, hello, upstreamAt(up.url))
    expect(events).toMatchObject([{ delta: "a" }, { delta: "b" }])
  })
})

test.each([
  [400, "INVALID_ARGUMENT", "Bad", [], "invalid-request", undefined],
  [
    400,
    "INVALID_ARGUMENT",
    "API key not valid. Please pass a valid API key.",
    [],
    "auth",
    undefined,
  ],
  [400, "INVALID_ARGUMENT", "Bad", [{ reason: "API_KEY_INVALID" }], "auth", undefined],
  [400, "FAILED_PRECONDITION", "User location is not supported", [], "auth", undefined],
  [403, "PERMISSION_DENIED", "no", [], "auth", undefined],
  [404, "NOT_FOUND", "no", [], "model-missing", undefined],
  [429, "RESOURCE_EXHAUSTED", "slow", [{ retryDelay: "34.2s" }], "rate-limit", 34_200],
  [503, "UNAVAILABLE", "The model is overloaded", [], "overloaded", undefined],
  [504, "DEADLINE_EXCEEDED", "late", [], "timeout", undefined],
] as const)("%i %s (%s) with %j is a %s", async (code, status, message, details, kind, retry) => {
  const body = { error: { code, message, status, details } }
  for (const form of [body, [body]]) {
    up.answerWith({ status: code, body: JSON.stringify(form) })
    const { error } = await tell(gemini, hello, upstreamAt(up.url))
    expect(error).toMatchObject({ kind, message, code: status, status: code })
    expect((error as { retryAfterMs?: number }).retryAfterMs).toBe(retry as number)
  }
})
