import { expect, test } from "bun:test"
import type { ChatRequest } from "../spec/index.ts"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { moonshot } from "./index.ts"
import { mock } from "./mock.ts"

async function bodyOf(own: Partial<ChatRequest>) {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const upstream = upstreamAt(up.url, { key: "sk-mock" })
  const { error } = await tell(moonshot, { ...hello, ...own }, upstream)
  expect(error).toBeUndefined()
  return up.requests[0]!.body
}

const begun = { role: "assistant" as const, content: [{ type: "text" as const, text: "{" }] }

test("an answer that was begun is gone on with", async () => {
  const { messages } = await bodyOf({ messages: [...hello.messages, begun] })
  expect(messages.at(-1)).toEqual({ role: "assistant", content: "{", partial: true })
})

test("how the newer models sample is not the caller's to say, in whatever words", async () => {
  const text =
    '{"model":"x","messages":[{"role":"user","content":"hi"}],"temperature":0.3,"top_p":1}'
  const native = { dialect: "openai" as const, text, body: JSON.parse(text) }
  for (const request of [
    { temperature: 0.3, topP: 1 },
    { native, stream: false },
  ])
    expect(await bodyOf({ ...request, model: "kimi-k2.6" })).not.toContainAnyKeys([
      "temperature",
      "top_p",
    ])
  expect(await bodyOf({ model: "moonshot-v1-8k", temperature: 1.7 })).toMatchObject({
    temperature: 1,
  })
})

test("thinking is switched, and its effort told to those who know one", async () => {
  const asked = (model: string, reasoningEffort: "none" | "high") =>
    bodyOf({ model, reasoningEffort })
  expect(await asked("kimi-k2.6", "none")).toMatchObject({ thinking: { type: "disabled" } })
  expect(await asked("kimi-k3", "high")).toMatchObject({
    thinking: { type: "enabled" },
    reasoning_effort: "high",
  })
  expect(await asked("moonshot-v1-8k", "high")).not.toContainAnyKeys([
    "thinking",
    "reasoning_effort",
  ])
})

test("a count in the last choice is the answer's", async () => {
  const choice = {
    index: 0,
    delta: {},
    finish_reason: "stop",
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  }
  await using up = await simulate({
    headers: { "content-type": "text/event-stream" },
    body: `data: ${JSON.stringify({ choices: [choice] })}\n\ndata: [DONE]\n\n`,
  })
  const { signs } = await tell(moonshot, hello, upstreamAt(up.url))
  expect(signs.at(-1)?.usage).toEqual({ input: 3, output: 2 })
})
