import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { openai } from "../openai/index.ts"
import type { ChatEvent, ChatRequest } from "../spec/index.ts"
import {
  cutFetch,
  hello,
  mocks,
  type SimulatedUpstream,
  simulate,
  startMock,
  tell,
  upstreamAt,
} from "../testing/index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const text = '{"model":"m","input":"hi","stream":true}'
const asked: ChatRequest = {
  ...hello,
  native: { dialect: "responses", text, body: JSON.parse(text) },
}
const usage = { input: 20, output: 9, cachedInput: 8, reasoning: 5 }

async function told(body: string, cutBytes?: number) {
  up.answerWith({ headers: { "content-type": "text/event-stream" }, body })
  return tell(openai, asked, upstreamAt(up.url, cutBytes ? { fetch: cutFetch(cutBytes) } : {}))
}

const frames = (...frames: { type: string; [field: string]: unknown }[]) =>
  frames.map((frame) => `event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`).join("")

const joined = (events: readonly ChatEvent[], type: "text" | "reasoning") =>
  events.flatMap((event) => (event.type === type ? [event.delta] : [])).join("")

describe("streams", () => {
  test.each([undefined, 1, 1_000])("thoughts, words and calls, however cut (%p)", async (cut) => {
    const body = await Bun.file(`${import.meta.dir}/fixtures/thinking-tool.sse`).text()
    const { events, signs, bytes, error } = await told(body, cut)
    expect(error).toBeUndefined()
    expect(bytes).toBe(body)
    expect(joined(events, "reasoning")).toBe("Wetter in Köln?\n\nAsk the tool.")
    expect(events.filter((event) => "signature" in event)).toEqual([
      { type: "reasoning", choice: 0, delta: "", signature: "sealed" },
    ])
    expect(joined(events, "text")).toBe("Let me look.")
    expect(events.slice(-6)).toEqual([
      { type: "tool-call", choice: 0, index: 0, id: "call_a", name: "weather", argumentsDelta: "" },
      { type: "tool-call", choice: 0, index: 0, argumentsDelta: '{"city":' },
      { type: "tool-call", choice: 0, index: 0, argumentsDelta: '"Köln"}' },
      { type: "tool-call", choice: 0, index: 1, id: "call_b", name: "time", argumentsDelta: "{}" },
      { type: "finish", choice: 0, reason: "tool-calls" },
      { type: "usage", usage },
    ])
    expect(signs.at(-1)).toEqual({ finish: "tool-calls", usage })
  })

  test("a server that tells all at the end is understood too", async () => {
    const output = [{ type: "message", content: [{ type: "output_text", text: "hi" }] }]
    const { events } = await told(
      frames({ type: "response.completed", response: { status: "completed", output } }),
    )
    expect(events).toEqual([
      { type: "text", choice: 0, delta: "hi" },
      { type: "finish", choice: 0, reason: "stop" },
    ])
  })

  test.each([
    ["max_output_tokens", "length"],
    ["content_filter", "content-filter"],
  ] as const)("an answer cut short by %s", async (reason, finish) => {
    const response = { status: "incomplete", incomplete_details: { reason }, output: [] }
    const { events, error } = await told(
      frames(
        { type: "response.output_text.delta", output_index: 0, delta: "half" },
        { type: "response.incomplete", response },
      ),
    )
    expect(error).toBeUndefined()
    expect(events.at(-1)).toEqual({ type: "finish", choice: 0, reason: finish })
  })

  test.each([
    [{ type: "error", code: "server_error", message: "boom", param: null }, "overloaded"],
    [{ type: "error", error: { code: "rate_limit_exceeded", message: "slow" } }, "rate-limit"],
    [
      {
        type: "response.failed",
        response: { status: "failed", error: { code: "invalid_prompt", message: "no" } },
      },
      "invalid-request",
    ],
    [{ type: "response.failed", response: { status: "failed", error: null } }, "bad-response"],
  ])("a failure inside the stream (%#)", async (failure, kind) => {
    const { events, error } = await told(
      frames({ type: "response.output_text.delta", output_index: 0, delta: "half" }, failure),
    )
    expect(joined(events, "text")).toBe("half")
    expect(error).toMatchObject({ name: "UpstreamError", kind })
  })

  test("a stream without its last event has broken off", async () => {
    const { error } = await told(
      frames({ type: "response.output_text.delta", output_index: 0, delta: "half" }),
    )
    expect(error).toMatchObject({ kind: "bad-response" })
  })
})

test("a caller's own body goes up as it came, under the channel's name of the model", async () => {
  await told("")
  expect(up.requests.at(-1)).toMatchObject({ path: "/v1/responses", text })
})

test("what a channel keeps of a conversation is not sent to it again", async () => {
  const kept = { channelId: "7", text: '{"model":"m","previous_response_id":"resp_1"}' }
  const request = { ...asked, native: { ...asked.native!, kept } }
  await tell(openai, request, upstreamAt(up.url))
  expect(up.requests.at(-1)!.body.previous_response_id).toBe("resp_1")
  await tell(openai, request, upstreamAt(up.url, { channelId: "8" }))
  expect(up.requests.at(-1)!.text).toBe(text)
})

const tool = { name: "f", parameters: { type: "object" } }
const openaiBody = (fields: object) => {
  const body = { model: "m", messages: [], tools: [{}], ...fields }
  return { dialect: "openai" as const, text: JSON.stringify(body), body }
}

test.each<[string, Partial<ChatRequest>, string]>([
  ["no tools", { model: "gpt-6.1-sol" }, "chat"],
  ["tools, and it thinks unless told", { model: "gpt-5.6-terra", tools: [tool] }, "responses"],
  ["told not to", { model: "gpt-5.6-terra", tools: [tool], reasoningEffort: "none" }, "chat"],
  ["always thinks", { model: "gpt-6.1-sol", tools: [tool], reasoningEffort: "none" }, "responses"],
  ["thinks only when told", { model: "gpt-5.4", tools: [tool] }, "chat"],
  ["told to think", { model: "gpt-5.4", tools: [tool], reasoningEffort: "low" }, "responses"],
  ["older", { model: "o3", tools: [tool], reasoningEffort: "low" }, "responses"],
  [
    "older, asked in chat's own words",
    { model: "o3", reasoningEffort: "low", native: openaiBody({}) },
    "chat",
  ],
  ["does not think", { model: "gpt-4o", tools: [tool], reasoningEffort: "low" }, "chat"],
])("where OpenAI is asked: %s", async (_, fields, where) => {
  await tell(openai, { ...hello, ...fields }, upstreamAt(up.url))
  expect(up.requests.at(-1)!.path).toContain(where)
})

test("a conversation becomes items; what was sealed goes back with the calls it led to", async () => {
  await tell(
    openai,
    {
      ...hello,
      model: "gpt-6.1-sol",
      stream: false,
      maxTokens: 3,
      temperature: 0.5,
      reasoningEffort: "high",
      tools: [{ ...tool, description: "d" }],
      toolChoice: { name: "f" },
      parallelToolCalls: false,
      responseFormat: { type: "json-schema", name: "n", schema: {}, strict: true },
      messages: [
        { role: "system", content: [{ type: "text", text: "be brief" }] },
        {
          role: "user",
          content: [
            { type: "text", text: "look" },
            { type: "image", url: "https://x/y.png", detail: "low" },
            { type: "file", filename: "a.pdf", data: "data:application/pdf;base64,AA==" },
          ],
        },
        {
          role: "assistant",
          content: [{ type: "text", text: "ok" }],
          reasoning: [{ text: "hm", signature: "sealed" }, { text: "somebody else's" }],
          toolCalls: [{ id: "call_a", name: "f", arguments: "{}" }],
        },
        { role: "tool", callId: "call_a", content: [{ type: "text", text: "42" }] },
      ],
    },
    upstreamAt(up.url),
  )
  expect(up.requests.at(-1)!.body).toEqual({
    model: "gpt-6.1-sol",
    instructions: "be brief",
    input: [
      {
        type: "message",
        role: "user",
        content: [
          { type: "input_text", text: "look" },
          { type: "input_image", image_url: "https://x/y.png", detail: "low" },
          {
            type: "input_file",
            filename: "a.pdf",
            file_data: "data:application/pdf;base64,AA==",
          },
        ],
      },
      {
        type: "reasoning",
        summary: [{ type: "summary_text", text: "hm" }],
        encrypted_content: "sealed",
      },
      {
        type: "message",
        role: "assistant",
        content: [{ type: "output_text", text: "ok", annotations: [] }],
      },
      { type: "function_call", call_id: "call_a", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "call_a", output: "42" },
    ],
    stream: false,
    store: false,
    include: ["reasoning.encrypted_content"],
    max_output_tokens: 16,
    tools: [
      { type: "function", name: "f", description: "d", parameters: tool.parameters, strict: false },
    ],
    tool_choice: { type: "function", name: "f" },
    parallel_tool_calls: false,
    text: { format: { type: "json_schema", name: "n", schema: {}, strict: true } },
    reasoning: { effort: "high", summary: "auto" },
  })
})

test.each([
  [{ choices: 2 }, "n"],
  [{ stop: ["x"] }, "stop"],
])("what it has no word for is refused, not dropped (%#)", async (fields, param) => {
  const request = { ...hello, model: "gpt-6.1-sol", tools: [tool], ...fields }
  const { error } = await tell(openai, request, upstreamAt(up.url))
  expect(error).toMatchObject({ kind: "invalid-request", code: "unsupported_parameter", param })
})

test("a simulated OpenAI takes what we ask of it, and refuses what the real one does", async () => {
  const mock = await mocks.openai!()
  await using strict = await startMock(mock, {
    script: { chunks: ["Sunny."], reasoning: ["hm"], usage: { input: 3, output: 2 } },
  })
  const { baseUrl, key } = mock.channel(strict.url)
  const ask = (request: ChatRequest) => tell(openai, request, upstreamAt(baseUrl, { key }))
  const messages: ChatRequest["messages"] = [
    ...hello.messages,
    {
      role: "assistant",
      content: [],
      reasoning: [{ text: "hm", signature: "sealed" }, { text: "unsealed" }],
      toolCalls: [{ id: "call_a", name: "f", arguments: "{}" }],
    },
    { role: "tool", callId: "call_a", content: [{ type: "text", text: "sun" }] },
  ]
  const request = { ...hello, model: "gpt-6.1-sol", tools: [tool], maxTokens: 1, messages }
  const { events, error } = await ask(request)
  expect(error).toBeUndefined()
  expect(joined(events, "text")).toBe("Sunny.")

  const body = { model: "m", input: [{ type: "function_call_output", call_id: "x", output: "" }] }
  const native = { dialect: "responses" as const, text: JSON.stringify(body), body }
  expect((await ask({ ...hello, native })).error).toMatchObject({ param: "input" })
  const chat = await fetch(`${strict.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model: "gpt-5.6-terra",
      messages: [{ role: "user", content: "hi" }],
      tools: [{ type: "function", function: tool }],
    }),
  })
  expect(await chat.json()).toMatchObject({ error: { param: "reasoning_effort" } })
})
