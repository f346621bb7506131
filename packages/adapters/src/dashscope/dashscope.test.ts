import { expect, test } from "bun:test"
import type { ChatRequest } from "../spec/index.ts"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { dashscope } from "./index.ts"
import { mock } from "./mock.ts"

async function asked(own: Partial<ChatRequest>, path = "") {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const { error } = await tell(
    dashscope,
    { ...hello, ...own },
    upstreamAt(up.url + path, { key: "sk-mock" }),
  )
  expect(error).toBeUndefined()
  return up.requests[0]!
}

const native = (text: string) => ({ dialect: "openai" as const, text, body: JSON.parse(text) })

test("-net searches, in both interfaces and in a caller's own body", async () => {
  const text = '{"model":"x","messages":[{"role":"user","content":"hi"}]}'
  for (const own of [{}, { native: native(text), stream: false }]) {
    const { body, path } = await asked({ ...own, model: "qwen-plus-net" })
    expect(path).toBe("/compatible-mode/v1/chat/completions")
    expect(body).toMatchObject({ model: "qwen-plus", enable_search: true })
  }
  const { body } = await asked({ model: "qwen-plus-net" }, "/api/v1")
  expect(body).toMatchObject({ model: "qwen-plus", parameters: { enable_search: true } })
  expect((await asked({ model: "qwen-plus" })).body.enable_search).toBeUndefined()
})

test("a model that only streams does so for whoever wants it whole, too", async () => {
  const { body } = await asked({ model: "qwq-plus", stream: false })
  expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } })
})

test("pictures and sound go to the address of those who see and hear", async () => {
  const url = "https://a.example/cat.png"
  const content = [
    { type: "image" as const, url },
    { type: "text" as const, text: "What?" },
  ]
  const messages = [{ role: "user" as const, content }]
  const { body, path } = await asked({ model: "qwen3.6-plus", messages }, "/api/v1")
  expect(path).toBe("/api/v1/services/aigc/multimodal-generation/generation")
  expect(body.input.messages).toEqual([
    { role: "user", content: [{ image: url }, { text: "What?" }] },
  ])
})

test("its own wishes in compatible words reach its own interface", async () => {
  const text = '{"enable_thinking":true,"thinking_budget":50,"other":1}'
  const { body, headers } = await asked({ native: native(text), topP: 0 }, "/api/v1")
  expect(body.parameters).toMatchObject({
    enable_thinking: true,
    thinking_budget: 50,
    incremental_output: true,
    result_format: "message",
    top_p: 0.01,
  })
  expect(body.parameters.other).toBeUndefined()
  expect(headers.get("x-dashscope-sse")).toBe("enable")
})

test("the oldest format is read, and thoughts stand before words", async () => {
  const frame = (output: object, usage?: object) => `data:${JSON.stringify({ output, usage })}\n\n`
  await using up = await simulate({
    headers: { "content-type": "text/event-stream" },
    body: [
      frame({
        choices: [{ message: { content: "", reasoning_content: "hm" }, finish_reason: "null" }],
      }),
      frame({ text: "Hi", finish_reason: "stop" }, { input_tokens: 3, output_tokens: 2 }),
    ],
  })
  const { events } = await tell(dashscope, hello, upstreamAt(`${up.url}/api/v1`))
  expect(events).toEqual([
    { type: "reasoning", choice: 0, delta: "hm" },
    { type: "text", choice: 0, delta: "Hi" },
    { type: "finish", choice: 0, reason: "stop" },
    { type: "usage", usage: { input: 3, output: 2 } },
  ])
})

test.each([
  ["Throttling.AllocationQuota", "rate-limit"],
  ["AllocationQuota.FreeTierOnly", "quota"],
  ["AccessDenied.Unpurchased", "auth"],
  ["Model.AccessDenied", "model-missing"],
  ["InternalError.Timeout", "timeout"],
  ["BadRequest.EmptyInput", "invalid-request"],
] as const)("%s is a %s, before and within a stream", async (code, kind) => {
  const said = JSON.stringify({ code, message: "m", request_id: "r" })
  await using up = await simulate({ status: 400, body: said })
  for (const transcript of [
    { status: 400, body: said },
    { body: `id:1\nevent:error\n:HTTP_STATUS/400\ndata:${said}\n\n` },
  ]) {
    up.answerWith(transcript)
    const { error } = await tell(dashscope, hello, upstreamAt(`${up.url}/api/v1`))
    expect(error).toMatchObject({ kind, code, message: "m" })
  }
})
