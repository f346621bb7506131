import { afterAll, beforeAll, expect, test } from "bun:test"
import { providers } from "../index.ts"
import { openai } from "../openai/index.ts"
import { hello, type SimulatedUpstream, simulate, tell, upstreamAt } from "../testing/index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const sse = (...frames: object[]) => ({
  headers: { "content-type": "text/event-stream" },
  body: `${frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join("")}data: [DONE]\n\n`,
})

test("a prompt goes up as it came, and its continuations come back", async () => {
  up.answerWith(
    sse(
      { choices: [{ index: 0, text: " was", finish_reason: null }] },
      {
        choices: [
          {
            index: 1,
            text: " a",
            logprobs: { tokens: [" a"], token_logprobs: [-0.5], top_logprobs: [{ " a": -0.5 }] },
            finish_reason: "length",
          },
        ],
      },
      { choices: [{ index: 0, text: "", finish_reason: "stop" }] },
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    ),
  )
  const text = '{"model":"babbage-002","prompt":"Once","n":2,"suffix":"."}'
  const native = { dialect: "completions" as const, text, body: JSON.parse(text) }
  const request = { ...hello, model: "babbage-002", native, messages: [] }
  const { events, error } = await tell(openai, request, upstreamAt(up.url))
  expect(error).toBeUndefined()
  expect(up.requests.at(-1)!.path).toBe("/v1/completions")
  expect(up.requests.at(-1)!.body).toMatchObject({ prompt: "Once", n: 2, suffix: "." })
  expect(events).toEqual([
    { type: "text", choice: 0, delta: " was" },
    {
      type: "text",
      choice: 1,
      delta: " a",
      logprobs: [{ token: " a", logprob: -0.5, top: [{ token: " a", logprob: -0.5 }] }],
    },
    { type: "finish", choice: 1, reason: "length" },
    { type: "finish", choice: 0, reason: "stop" },
    { type: "usage", usage: { input: 3, output: 2 } },
  ])
})

test("a chat becomes a prompt for a model that knows no chat", async () => {
  up.answerWith(sse({ choices: [{ index: 0, text: " hi", finish_reason: "stop" }] }))
  const request = { ...hello, model: "gpt-3.5-turbo-instruct" }
  await tell(openai, request, upstreamAt(up.url))
  expect(up.requests.at(-1)).toMatchObject({
    path: "/v1/completions",
    body: { prompt: "user: hi\nassistant:" },
  })
  const image = { type: "image" as const, url: "https://x/y.png" }
  const messages = [{ role: "user" as const, content: [image] }]
  const { error } = await tell(openai, { ...request, messages }, upstreamAt(up.url))
  expect(error).toMatchObject({ kind: "invalid-request", code: "unsupported_parameter" })
})

test("a prompt for a model that chats is asked as a chat", async () => {
  up.answerWith(sse({ choices: [{ index: 0, delta: { content: "hi" }, finish_reason: "stop" }] }))
  const body = { model: "gpt-4o", prompt: "Once" }
  const native = { dialect: "completions" as const, text: JSON.stringify(body), body }
  const { events } = await tell(openai, { ...hello, model: "gpt-4o", native }, upstreamAt(up.url))
  expect(up.requests.at(-1)!.path).toBe("/v1/chat/completions")
  expect(events[0]).toEqual({ type: "text", choice: 0, delta: "hi" })
})

test("a server that completes with every model is asked so by who asks so", async () => {
  up.answerWith(sse({ choices: [{ index: 0, text: " upon", finish_reason: "stop" }] }))
  const body = { model: "qwen", prompt: "Once" }
  const native = { dialect: "completions" as const, text: JSON.stringify(body), body }
  const vllm = providers.get("vllm")!
  await tell(vllm, { ...hello, model: "qwen", native }, upstreamAt(up.url))
  expect(up.requests.at(-1)!.path).toBe("/v1/completions")
  await tell(vllm, { ...hello, model: "qwen" }, upstreamAt(up.url))
  expect(up.requests.at(-1)!.path).toBe("/v1/chat/completions")
})
