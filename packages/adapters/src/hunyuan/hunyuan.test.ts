import { expect, test } from "bun:test"
import type { ChatRequest } from "../spec/index.ts"
import { hello, type Mock, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { hunyuan } from "./index.ts"
import { cloudMock } from "./mock-cloud.ts"
import { legacyMock } from "./mock-legacy.ts"

async function asked(mock: Mock, own: Partial<ChatRequest>) {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const { baseUrl, key } = mock.channel(up.url)
  const { error } = await tell(hunyuan, { ...hello, ...own }, upstreamAt(baseUrl, { key }))
  expect(error).toBeUndefined()
  return up.requests[0]!
}

/** Where a request would have gone, and with what. */
async function sent(baseUrl: string, key: string) {
  let seen: { url: string; headers: Headers } | undefined
  const fetch = async (url: string, init: RequestInit) => {
    seen = { url, headers: new Headers(init.headers) }
    return new Response("{}", { status: 400 })
  }
  await tell(hunyuan, hello, upstreamAt(baseUrl, { key, fetch }))
  return seen!
}

test("the key and the address decide who is asked", async () => {
  const compatible = "https://api.hunyuan.cloud.tencent.com"
  expect((await sent(compatible, "sk-x")).url).toBe(`${compatible}/v1/chat/completions`)

  const cloud = await sent(compatible, "1300000000|AKID|secret")
  expect(cloud.url).toBe("https://hunyuan.tencentcloudapi.com/")
  expect(cloud.headers.get("x-tc-action")).toBe("ChatCompletions")
  expect(cloud.headers.get("authorization")).toStartWith("TC3-HMAC-SHA256 Credential=AKID/")

  const legacy = await sent("https://hunyuan.cloud.tencent.com", "1300000000|AKID|secret")
  expect(legacy.url).toBe("https://hunyuan.cloud.tencent.com/hyllm/v1/chat/completions")
})

test("pictures, tools and the switch are told in Tencent's words", async () => {
  const parameters = { type: "object", properties: {} }
  const { body } = await asked(cloudMock, {
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "What?" },
          { type: "image", url: "data:image/png;base64,iVBO" },
        ],
      },
    ],
    tools: [{ name: "f", description: "d", parameters }],
    toolChoice: { name: "f" },
    reasoningEffort: "none",
    temperature: 9,
  })
  expect(body).toEqual({
    Model: "m",
    Messages: [
      {
        Role: "user",
        Contents: [
          { Type: "text", Text: "What?" },
          { Type: "image_url", ImageUrl: { Url: "data:image/png;base64,iVBO" } },
        ],
      },
    ],
    Stream: true,
    Temperature: 2,
    EnableThinking: false,
    Tools: [
      {
        Type: "function",
        Function: { Name: "f", Description: "d", Parameters: JSON.stringify(parameters) },
      },
    ],
    ToolChoice: "custom",
    CustomTool: { Type: "function", Function: { Name: "f" } },
  })
})

test("the first interface knows no tools and says so", async () => {
  await using up = await startMock(legacyMock)
  const { baseUrl, key } = legacyMock.channel(up.url)
  const request = { ...hello, tools: [{ name: "f" }] }
  const { error } = await tell(hunyuan, request, upstreamAt(baseUrl, { key }))
  expect(error).toMatchObject({ kind: "invalid-request", param: "tools" })
})

test.each([
  ["AuthFailure.SignatureExpire", "auth"],
  ["ResourceUnavailable.InArrears", "quota"],
  ["RequestLimitExceeded.UinLimitExceeded", "rate-limit"],
  ["FailedOperation.EngineServerLimitExceeded", "overloaded"],
  ["InvalidParameterValue.Model", "model-missing"],
  ["InvalidParameter", "invalid-request"],
  ["OperationDenied.TextIllegalDetected", "content-filter"],
] as const)("%s is a %s, although it comes with a 200", async (Code, kind) => {
  await using up = await simulate({
    body: JSON.stringify({ Response: { Error: { Code, Message: "m" }, RequestId: "r" } }),
  })
  const { error } = await tell(hunyuan, hello, upstreamAt(up.url, { key: "AKID|secret" }))
  expect(error).toMatchObject({ kind, code: Code, message: "m" })
})

test("thoughts and the reason for silence are read", async () => {
  const frame = (Delta: object, FinishReason = "") =>
    `data: ${JSON.stringify({ Choices: [{ Delta, FinishReason }] })}\n\n`
  await using up = await simulate({
    headers: { "content-type": "text/event-stream" },
    body: frame({ ReasoningContent: "hm" }) + frame({ Content: "" }, "sensitive"),
  })
  const { events } = await tell(hunyuan, hello, upstreamAt(up.url, { key: "AKID|secret" }))
  expect(events).toEqual([
    { type: "reasoning", choice: 0, delta: "hm" },
    { type: "finish", choice: 0, reason: "content-filter" },
  ])
})
