import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { ChatEvent, ChatRequest } from "../spec/index.ts"
import {
  hello,
  type SimulatedUpstream,
  simulate,
  startMock,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { spark } from "./index.ts"
import { mock } from "./mock.ts"

const request: ChatRequest = { ...hello, model: "spark-desk-max" }
const tool = { name: "get_weather", parameters: { type: "object", properties: {} } }
const textIn = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === "text" ? event.delta : "")).join("")

function wayTo(url: string, own: Parameters<typeof upstreamAt>[1] = {}) {
  const { baseUrl, key } = mock.channel(url)
  return upstreamAt(baseUrl, { key, ...own })
}

describe("over a WebSocket", () => {
  test("a conversation with tools is asked and answered", async () => {
    const script = {
      reasoning: ["hm"],
      chunks: ["Grü", "ße 💬"],
      toolCalls: [{ id: "", name: "get_weather", arguments: '{"city":"Rome"}' }],
    }
    await using up = await startMock(mock, { script })
    const messages: ChatRequest["messages"] = [
      { role: "system", content: [{ type: "text", text: "Be brief" }] },
      ...hello.messages,
      { role: "assistant", content: [], toolCalls: [{ id: "c", name: "f", arguments: "{}" }] },
      { role: "tool", callId: "c", content: [{ type: "text", text: "sunny" }] },
    ]
    const asked = {
      ...request,
      messages,
      tools: [tool],
      temperature: 2,
      topK: 50,
      maxTokens: 99_999,
    }
    const { events, signs, error } = await tell(spark, asked, wayTo(up.url))
    expect(error).toBeUndefined()
    expect(events).toEqual([
      { type: "reasoning", choice: 0, delta: "hm" },
      { type: "text", choice: 0, delta: "Grü" },
      { type: "text", choice: 0, delta: "ße 💬" },
      {
        type: "tool-call",
        choice: 0,
        index: 0,
        id: expect.stringMatching(/^call_/),
        name: "get_weather",
        argumentsDelta: '{"city":"Rome"}',
      },
      { type: "finish", choice: 0, reason: "tool-calls" },
      { type: "usage", usage: { input: 7, output: 2 } },
    ])
    expect(signs.at(-1)).toEqual({ finish: "tool-calls", usage: { input: 7, output: 2 } })
    const { body, path } = up.requests[0]!
    expect(path).toStartWith("/v3.5/chat?authorization=")
    expect(body.parameter.chat).toEqual({
      domain: "generalv3.5",
      temperature: 1,
      top_k: 6,
      max_tokens: 8_192,
    })
    expect(body.payload.message.text).toEqual([
      { role: "system", content: "Be brief" },
      { role: "user", content: "hi" },
      { role: "assistant", content: "f({})" },
      { role: "user", content: "sunny" },
    ])
  })

  test.each(["spark-desk-lite", "spark-desk-v2", "spark-desk-pro", "spark-desk-pro-128k"])(
    "%s takes no system turn and no tools",
    async (model) => {
      await using up = await startMock(mock, { script: { chunks: ["a"] } })
      const system = { role: "system" as const, content: [{ type: "text" as const, text: "S" }] }
      const asked = { ...request, model, messages: [system, ...hello.messages] }
      expect((await tell(spark, asked, wayTo(up.url))).error).toBeUndefined()
      expect(up.requests[0]!.body.payload.message.text).toEqual([
        { role: "user", content: "S\n\nhi" },
      ])
      const { error } = await tell(spark, { ...asked, tools: [tool] }, wayTo(up.url))
      expect(error).toMatchObject({ kind: "invalid-request", param: "tools" })
    },
  )

  test.each([
    ["a wrong secret", "5f0a|wrong|mock-api-key", 401],
    ["a wrong key", "5f0a|mock-api-secret|wrong", 401],
    ["a wrong application", "wrong|mock-api-secret|mock-api-key", undefined],
  ])("%s is refused", async (_, key, status) => {
    await using up = await startMock(mock)
    const { error } = await tell(spark, request, wayTo(up.url, { key }))
    expect(error).toMatchObject({ kind: "auth", status })
    expect((error as Error).message).not.toMatch(/127\.0|mock-api/)
  })

  test.each([
    ["invalid", "invalid-request"],
    ["quota", "quota"],
    ["content-filter", "content-filter"],
    ["model-missing", "model-missing"],
    ["rate-limited", "rate-limit"],
    ["overloaded", "overloaded"],
    ["error-in-stream", "overloaded"],
    ["half", "bad-response"],
    ["reset", "bad-response"],
    ["silence", "timeout"],
    ["mute", "timeout"],
    ["empty", "bad-response"],
  ] as const)("%s is a %s", async (fault, kind) => {
    await using up = await startMock(mock, { fault })
    const timeouts = { firstByteMs: 80, idleMs: 80, totalMs: 5_000 }
    const { error } = await tell(spark, request, wayTo(up.url, { timeouts }))
    expect(error).toMatchObject({ kind })
  })

  test("what was said before a failure is handed out", async () => {
    await using up = await startMock(mock, {
      fault: "error-in-stream",
      script: { chunks: ["a", "b", "c"] },
    })
    expect(textIn((await tell(spark, request, wayTo(up.url))).events)).toBe("ab")
  })

  test("too many questions within a second are a matter of half a second", async () => {
    await using up = await simulate({
      body: JSON.stringify({ header: { code: 11_202, message: "AppIdQpsOverFlowError" } }),
    })
    const { error } = await tell(spark, request, wayTo(up.url))
    expect(error).toMatchObject({ kind: "rate-limit", retryAfterMs: 500, code: "11202" })
  })

  test("an unknown model is another channel's", async () => {
    const { error } = await tell(
      spark,
      { ...request, model: "nobody" },
      wayTo("http://127.0.0.1:1"),
    )
    expect(error).toMatchObject({ kind: "model-missing" })
  })

  test("nobody listens: a network error without the address", async () => {
    const { error } = await tell(spark, request, wayTo("http://127.0.0.1:1"))
    expect(error).toMatchObject({ kind: "network" })
    expect((error as Error).message).not.toContain("127.0.0.1")
  })

  test("a socket that closes before it opens is a network error", async () => {
    const openSocket = (url: string) => {
      const socket = new WebSocket(url)
      queueMicrotask(() => socket.close())
      return socket
    }
    await using up = await startMock(mock)
    const { error } = await tell(spark, request, wayTo(up.url, { openSocket }))
    expect(error).toMatchObject({ kind: "network" })
  })

  test("whoever gives up or lets go closes the socket", async () => {
    await using up = await startMock(mock, {
      fault: "silence",
      script: { chunks: ["a", "b", "c"] },
    })
    const reason = new Error("enough")
    const abort = new AbortController()
    setTimeout(() => abort.abort(reason), 60)
    const { error } = await tell(spark, request, wayTo(up.url, { signal: abort.signal }))
    expect(error).toBe(reason)

    const answer = await spark.chat(request, wayTo(up.url))
    await answer.next()
    answer.close()
    answer.close()
    expect(await answer.next()).toBeUndefined()
    await Bun.sleep(50)
    expect(up.requests.map(({ cancelled }) => cancelled)).toEqual([true, true])

    const before = AbortSignal.abort(reason)
    expect((await tell(spark, request, wayTo(up.url, { signal: before }))).error).toBe(reason)
  })

  test("a flood nobody reads is cut off", async () => {
    const frame = (content: string, status = 1) =>
      JSON.stringify({ header: { code: 0, status }, payload: { choices: { text: [{ content }] } } })
    const body = [frame("a"), ...Array.from({ length: 20 }, () => frame("x".repeat(1_000_000)))]
    await using up = await simulate({ body })
    const answer = await spark.chat(request, wayTo(up.url))
    await Bun.sleep(300)
    const read = async () => {
      while (await answer.next());
    }
    expect(read()).rejects.toMatchObject({ kind: "bad-response" })
  })
})

describe("over HTTP", () => {
  let up: SimulatedUpstream
  beforeAll(async () => {
    up = await simulate({})
  })
  afterAll(() => up.close())

  const frame = (fields: object) =>
    `data: ${JSON.stringify({ code: 0, message: "Success", sid: "cha", ...fields })}\n\n`
  const said = (delta: object) => ({ choices: [{ index: 0, delta }] })
  const usage = { prompt_tokens: 4, completion_tokens: 1, total_tokens: 5 }

  test("an answer that does not say how it finished has finished", async () => {
    up.answerWith({
      headers: { "content-type": "text/event-stream" },
      body: [
        frame(said({ content: "Hi" })),
        frame({ ...said({ content: "" }), usage }),
        "data: [DONE]\n\n",
      ],
    })
    const { events, signs, error } = await tell(spark, request, upstreamAt(up.url))
    expect(error).toBeUndefined()
    expect(events).toEqual([
      { type: "text", choice: 0, delta: "Hi" },
      { type: "usage", usage: { input: 4, output: 1 } },
      { type: "finish", choice: 0, reason: "stop" },
    ])
    expect(signs.some(({ finish }) => finish === "stop")).toBe(true)
    expect(up.requests.at(-1)).toMatchObject({
      path: "/v1/chat/completions",
      body: { model: "generalv3.5" },
    })
  })

  test("a single call as an object is a call", async () => {
    const tool_calls = { type: "function", function: { name: "f", arguments: "{}" } }
    up.answerWith({
      body: JSON.stringify({
        code: 0,
        choices: [{ message: { role: "assistant", content: "", tool_calls } }],
        usage,
      }),
    })
    const { events } = await tell(spark, { ...request, stream: false }, upstreamAt(up.url))
    expect(events).toMatchObject([
      { type: "tool-call", name: "f", argumentsDelta: "{}" },
      { type: "finish", reason: "tool-calls" },
      { type: "usage" },
    ])
  })

  test.each([
    [200, { code: 10_013, message: "blocked", sid: "s" }, "content-filter"],
    [401, { error: { message: "no (11200)", type: "api_error", code: "11200" } }, "auth"],
    [500, { error: { message: "AppIdQpsOverFlowError", code: "11202" } }, "rate-limit"],
  ] as const)("%i %j is a %s", async (status, body, kind) => {
    up.answerWith({ status, body: JSON.stringify(body) })
    expect((await tell(spark, request, upstreamAt(up.url))).error).toMatchObject({ kind })
  })

  test("the newest generation is asked as OpenAI is, without what it has fixed", async () => {
    await using newest = await startMock(mock, { script: { chunks: ["a"] } })
    const asked = { ...request, model: "spark-x2.5", temperature: 0.1, maxTokens: 5 }
    const upstream = upstreamAt(newest.url, { key: "mock-api-password" })
    const answer = await spark.chat(asked, upstream)
    expect(answer.dialect).toBe("openai")
    answer.close()
    const { body, path } = newest.requests[0]!
    expect(path).toBe("/v2/chat/completions")
    expect(body).toMatchObject({ model: "spark-x2.5", max_completion_tokens: 5 })
    expect(body).not.toContainAnyKeys(["temperature", "max_tokens"])
    const wrong = await tell(spark, asked, upstreamAt(newest.url, { key: "wrong" }))
    expect(wrong.error).toMatchObject({ kind: "auth", status: 401 })
  })
})
