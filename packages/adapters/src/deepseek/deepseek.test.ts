import { expect, test } from "bun:test"
import type { ChatRequest, ReasoningEffort } from "../spec/index.ts"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { deepseek } from "./index.ts"
import { mock } from "./mock.ts"

async function bodyOf(own: Partial<ChatRequest>, path = "") {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const { error } = await tell(
    deepseek,
    { ...hello, ...own },
    upstreamAt(up.url + path, { key: "sk-mock" }),
  )
  expect(error).toBeUndefined()
  const [{ body, path: asked }] = up.requests as [(typeof up.requests)[0]]
  return { ...body, asked }
}

test.each<[ReasoningEffort, string | undefined, object | undefined]>([
  ["none", undefined, { type: "disabled" }],
  ["minimal", undefined, { type: "disabled" }],
  ["low", "low", undefined],
  ["medium", "high", undefined],
  ["xhigh", "max", undefined],
])("an effort of %s is %p", async (reasoningEffort, effort, thinking) => {
  const { reasoning_effort, thinking: said } = await bodyOf({ reasoningEffort })
  expect([reasoning_effort, said]).toEqual([effort, thinking])
})

test("the thoughts that led to calls go back with them, even when there were none", async () => {
  const toolCalls = [{ id: "c", name: "f", arguments: "{}" }]
  const result = { role: "tool" as const, callId: "c", content: [] }
  const { messages } = await bodyOf({
    messages: [
      ...hello.messages,
      { role: "assistant", content: [], reasoning: [{ text: "hm" }], toolCalls },
      result,
      { role: "assistant", content: [], toolCalls },
      result,
    ],
  })
  expect([messages[1].reasoning_content, messages[3].reasoning_content]).toEqual(["hm", ""])
})

test("what is being tried out has an address without a version", async () => {
  expect((await bodyOf({}, "/beta")).asked).toBe("/beta/chat/completions")
  expect((await bodyOf({})).asked).toBe("/v1/chat/completions")
})

test.each([
  [402, "Insufficient Balance", "quota"],
  [404, "Not Found", "model-missing"],
  [422, "Invalid parameters", "invalid-request"],
] as const)("%i %s is a %s", async (status, message, kind) => {
  await using up = await simulate({ status, body: JSON.stringify({ error: { message } }) })
  expect((await tell(deepseek, hello, upstreamAt(up.url))).error).toMatchObject({ kind, status })
})

test("an answer for which there were no machines is a failure, not an end", async () => {
  const choice = { index: 0, delta: { content: "" }, finish_reason: "insufficient_system_resource" }
  await using up = await simulate({
    headers: { "content-type": "text/event-stream" },
    body: `: keep-alive\n\ndata: ${JSON.stringify({ choices: [choice] })}\n\ndata: [DONE]\n\n`,
  })
  const { error, events } = await tell(deepseek, hello, upstreamAt(up.url))
  expect(error).toMatchObject({ kind: "overloaded" })
  expect(events).toEqual([])
})
