import { expect, test } from "bun:test"
import type { ChatRequest } from "../spec/index.ts"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { volcengine } from "./index.ts"
import { mock } from "./mock.ts"
import { legacyMock } from "./mock-legacy.ts"

test("Ark is asked at its version, with a switch for thinking", async () => {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const request = { ...hello, reasoningEffort: "none" as const }
  for (const path of ["", "/api/v3"])
    await tell(volcengine, request, upstreamAt(up.url + path, { key: "ark-mock" }))
  expect(up.requests.map(({ path }) => path)).toEqual(Array(2).fill("/api/v3/chat/completions"))
  expect(up.requests[0]!.body.thinking).toEqual({ type: "disabled" })
})

test("Skylark has functions, one call to a turn, and results by their name", async () => {
  await using up = await startMock(legacyMock, { script: { chunks: ["a"] } })
  const upstream = () => upstreamAt(up.url, { key: legacyMock.channel(up.url).key })
  const call = { id: "c", name: "f", arguments: '{"a":1}' }
  const text = (words: string) => [{ type: "text" as const, text: words }]
  const request: ChatRequest = {
    ...hello,
    model: "skylark-chat",
    tools: [{ name: "f", description: "d", parameters: {} }],
    messages: [
      ...hello.messages,
      { role: "assistant", content: [], toolCalls: [call] },
      { role: "tool", callId: "c", content: text("sunny") },
    ],
  }
  expect((await tell(volcengine, request, upstream())).error).toBeUndefined()
  expect(up.requests[0]!.body).toEqual({
    model: { name: "skylark-chat" },
    messages: [
      { role: "user", content: "hi" },
      { role: "assistant", content: "", function_call: { name: "f", arguments: '{"a":1}' } },
      { role: "function", name: "f", content: "sunny" },
    ],
    parameters: {},
    stream: true,
    functions: [{ name: "f", description: "d", parameters: {} }],
  })
  const two = { role: "assistant" as const, content: [], toolCalls: [call, { ...call, id: "d" }] }
  const { error } = await tell(
    volcengine,
    { ...request, messages: [...hello.messages, two] },
    upstream(),
  )
  expect(error).toMatchObject({ kind: "invalid-request" })

  await tell(volcengine, { ...hello, model: "ep-1" }, upstream())
  expect(up.requests.at(-1)!.path).toBe("/api/v2/endpoint/ep-1/chat")
})

test.each([
  [400, "SensitiveContentDetected.SevereViolation", "content-filter"],
  [403, "AccountOverdueError", "quota"],
  [403, "OperationDenied.ServiceNotOpen", "auth"],
  [404, "ModelNotOpen", "model-missing"],
  [429, "RateLimitExceeded.EndpointTPMExceeded", "rate-limit"],
  [429, "ServerOverloaded", "overloaded"],
  [429, "SetLimitExceeded", "quota"],
] as const)("%i %s is a %s", async (status, code, kind) => {
  await using up = await simulate({
    status,
    body: JSON.stringify({ error: { code, message: "m" } }),
  })
  const { error } = await tell(volcengine, hello, upstreamAt(up.url))
  expect(error).toMatchObject({ kind, code, status })
})
