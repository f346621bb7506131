import { expect, test } from "bun:test"
import type { ChatRequest } from "../spec/index.ts"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { zhipu } from "./index.ts"
import { mock } from "./mock.ts"

const key = "mockid.mocksecret"

async function asked(own: Partial<ChatRequest>) {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const { error } = await tell(zhipu, { ...hello, ...own }, upstreamAt(up.url, { key }))
  expect(error).toBeUndefined()
  return up.requests[0]!
}

test("a key in two parts signs a token; any other is sent as it is", async () => {
  const { headers, path } = await asked({})
  expect(path).toBe("/api/paas/v4/chat/completions")
  expect(headers.get("authorization")).toMatch(/^Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
  expect(headers.get("authorization")).not.toContain("mocksecret")

  await using up = await simulate({ status: 401, body: "{}" })
  await tell(zhipu, hello, upstreamAt(`${up.url}/api/coding/paas/v4`, { key: "plain" }))
  expect(up.requests[0]).toMatchObject({ path: "/api/coding/paas/v4/chat/completions" })
  expect(up.requests[0]!.headers.get("authorization")).toBe("Bearer plain")
})

test("what it refuses is brought within its limits, in a caller's own body too", async () => {
  const text =
    '{"model":"x","messages":[{"role":"user","content":"hi"}],"top_p":1,"temperature":1.5}'
  const native = { dialect: "openai" as const, text, body: JSON.parse(text) }
  const wishes = { topP: 1, temperature: 1.5, stream: false }
  for (const own of [wishes, { ...wishes, native }])
    expect((await asked(own)).body).toMatchObject({ top_p: 0.99, temperature: 1 })
  const tools = [{ name: "f" }]
  const { body } = await asked({
    tools,
    toolChoice: "required",
    reasoningEffort: "none",
    user: "u",
  })
  expect(body).toMatchObject({
    tool_choice: "auto",
    thinking: { type: "disabled" },
    user_id: "u",
  })
  expect(body.user).toBeUndefined()
})

test("only the first model that sees takes pictures without the head of a data URL", async () => {
  const url = "data:image/png;base64,iVBO"
  const messages: ChatRequest["messages"] = [
    { role: "system", content: [{ type: "text", text: "S" }] },
    { role: "user", content: [{ type: "image", url }] },
  ]
  const urlIn = async (model: string) => {
    const { body } = await asked({ model, messages })
    return [body.messages[0].role, body.messages[1].content[0].image_url.url]
  }
  expect(await urlIn("glm-4v")).toEqual(["user", "iVBO"])
  expect(await urlIn("glm-4.6v")).toEqual(["system", url])
})

test.each([
  ["1113", "quota"],
  ["1302", "rate-limit"],
  ["1305", "overloaded"],
  ["1211", "model-missing"],
  ["1301", "content-filter"],
  ["1004", "auth"],
  ["1261", "invalid-request"],
] as const)("code %s is a %s, whatever the status", async (code, kind) => {
  await using up = await simulate({
    status: 429,
    body: JSON.stringify({ error: { code, message: "m" } }),
  })
  expect((await tell(zhipu, hello, upstreamAt(up.url))).error).toMatchObject({ kind, code })
})

test.each([
  ["sensitive", "content-filter"],
  ["model_context_window_exceeded", "length"],
] as const)("%s is %s", async (finish_reason, reason) => {
  const body = JSON.stringify({ choices: [{ index: 0, message: { content: "a" }, finish_reason }] })
  await using up = await simulate({ body })
  expect((await tell(zhipu, hello, upstreamAt(up.url))).events.at(-1)).toMatchObject({ reason })
})

test("a network that fails between its own parts is no end", async () => {
  const body = JSON.stringify({
    choices: [{ message: { content: "a" }, finish_reason: "network_error" }],
  })
  await using up = await simulate({ body })
  expect((await tell(zhipu, hello, upstreamAt(up.url))).error).toMatchObject({ kind: "overloaded" })
})

test("the third version says in the middle of a stream why it failed", async () => {
  const body = "event:add\nid:1\ndata:Hi\n\nevent:interrupted\nid:1\ndata:blocked\n\n"
  await using up = await simulate({ headers: { "content-type": "text/event-stream" }, body })
  const request = { ...hello, model: "zhipu-chatglm-turbo" }
  const { events, error } = await tell(zhipu, request, upstreamAt(up.url, { key }))
  expect(events).toEqual([{ type: "text", choice: 0, delta: "Hi" }])
  expect(error).toMatchObject({ message: "blocked" })
  expect(up.requests[0]!.path).toBe("/api/paas/v3/model-api/chatglm_turbo/sse-invoke")
})
