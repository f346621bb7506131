import { afterAll, beforeAll, expect, test } from "bun:test"
import type { ChatMessage, ChatRequest } from "../spec/index.ts"
import {
  hello,
  type SimulatedUpstream,
  scriptedAnthropic,
  simulate,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { anthropic } from "./index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const says = (text: string) => [{ type: "text" as const, text }]

async function sent(request: Partial<ChatRequest>, key = "sk-test-secret") {
  up.answerWith(scriptedAnthropic({ chunks: ["a"] }))
  const { error } = await tell(anthropic, { ...hello, ...request }, upstreamAt(up.url, { key }))
  if (error) throw error
  return up.requests.pop()!
}
const messagesOf = async (messages: ChatMessage[], model = "claude-sonnet-4-5") =>
  (await sent({ model, messages })).body.messages

test("the key goes into its own header, a login's token does not", async () => {
  const { headers, path } = await sent({})
  expect(path).toBe("/v1/messages")
  expect(headers.get("x-api-key")).toBe("sk-test-secret")
  expect(headers.get("anthropic-version")).toBe("2023-06-01")
  const login = await sent({}, "sk-ant-oat01-x")
  expect(login.headers.get("authorization")).toBe("Bearer sk-ant-oat01-x")
  expect(login.headers.get("x-api-key")).toBeNull()
})

test("a caller of the same dialect is passed on character by character", async () => {
  const text =
    '{"max_tokens":5 ,"model":"alias","cache_control":{"type":"ephemeral"},"stream":true}'
  const native = { dialect: "anthropic", text, body: JSON.parse(text) } as const
  expect((await sent({ model: "claude-x", native })).text).toBe(text.replace("alias", "claude-x"))
})

test("system texts are joined, turns alternate and begin with the user's", async () => {
  const { body } = await sent({
    messages: [
      { role: "system", content: says("A") },
      { role: "assistant", content: says("Hi") },
      { role: "user", content: says("1") },
      { role: "system", content: says("B") },
      { role: "user", content: [...says(""), ...says("2")] },
    ],
  })
  expect(body.system).toBe("A\n\nB")
  expect(body.messages).toEqual([
    { role: "user", content: says("…") },
    { role: "assistant", content: says("Hi") },
    { role: "user", content: [...says("1"), ...says("2")] },
  ])
})

test("pictures and documents go as data or as an address", async () => {
  const [{ content }] = await messagesOf([
    {
      role: "user",
      content: [
        { type: "image", url: "data:image/png;base64,iVBO" },
        { type: "image", url: "https://example.com/a.png" },
        { type: "file", filename: "a.pdf", data: "data:application/pdf;base64,JVBE" },
        { type: "file", data: `data:text/plain;base64,${btoa("plain")}` },
        { type: "file", fileId: "file_1" },
      ],
    },
  ])
  expect(content).toEqual([
    { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBO" } },
    { type: "image", source: { type: "url", url: "https://example.com/a.png" } },
    {
      type: "document",
      source: { type: "base64", media_type: "application/pdf", data: "JVBE" },
      title: "a.pdf",
    },
    { type: "document", source: { type: "text", media_type: "text/plain", data: "plain" } },
    { type: "document", source: { type: "file", file_id: "file_1" } },
  ])
})

test("every call gets its result in the one turn after it, thoughts go first", async () => {
  const messages = await messagesOf([
    { role: "user", content: says("?") },
    {
      role: "assistant",
      content: says("Let me see"),
      reasoning: [
        { text: "hm", signature: "EqQB" },
        { text: "", redacted: "EmwK" },
        { text: "unsigned" },
      ],
      toolCalls: [
        { id: "a", name: "f", arguments: '{"x":1}' },
        { id: "b", name: "g", arguments: "" },
        { id: "c", name: "h", arguments: "broken" },
      ],
    },
    { role: "tool", callId: "a", content: says("1") },
    { role: "tool", callId: "b", content: [], isError: true },
    { role: "user", content: says("and?") },
  ])
  expect(messages.slice(1)).toEqual([
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "hm", signature: "EqQB" },
        { type: "redacted_thinking", data: "EmwK" },
        { type: "text", text: "Let me see" },
        { type: "tool_use", id: "a", name: "f", input: { x: 1 } },
        { type: "tool_use", id: "b", name: "g", input: {} },
        { type: "tool_use", id: "c", name: "h", input: {} },
      ],
    },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "a", content: says("1") },
        { type: "tool_result", tool_use_id: "b", is_error: true },
        { type: "tool_result", tool_use_id: "c", is_error: true },
        { type: "text", text: "and?" },
      ],
    },
  ])
})

test("a last turn of the assistant's is continued, by itself or by asking", async () => {
  const half: ChatMessage[] = [...hello.messages, { role: "assistant", content: says("Once ") }]
  expect((await messagesOf(half)).at(-1)).toEqual({ role: "assistant", content: says("Once") })
  expect((await messagesOf(half, "claude-opus-5-5")).at(-1).role).toBe("user")
})

const tools = [{ name: "f" }]

test.each([
  ["auto", undefined, { type: "auto" }],
  ["none", undefined, { type: "none" }],
  ["required", undefined, { type: "any" }],
  [{ name: "f" }, undefined, { type: "tool", name: "f" }],
  ["auto", false, { type: "auto", disable_parallel_tool_use: true }],
  [undefined, false, { type: "auto", disable_parallel_tool_use: true }],
  [undefined, undefined, undefined],
] as const)(
  "tool choice %p with parallel calls %p",
  async (toolChoice, parallelToolCalls, wire) => {
    const { body } = await sent({
      model: "claude-sonnet-4-5",
      tools,
      ...(toolChoice && { toolChoice }),
      ...(parallelToolCalls !== undefined && { parallelToolCalls }),
    })
    expect(body.tool_choice).toEqual(wire)
    expect(body.tools).toEqual([{ name: "f", input_schema: { type: "object", properties: {} } }])
  },
)

test("models that refuse a forced tool are left the choice", async () => {
  const { body } = await sent({ model: "claude-opus-5-5", tools, toolChoice: "required" })
  expect(body.tool_choice).toEqual({ type: "auto" })
})

test.each([
  ["claude-3-5-sonnet-20241022", "high", undefined, undefined, 8_192],
  [
    "claude-3-7-sonnet-20250219",
    "high",
    { type: "enabled", budget_tokens: 16_384 },
    undefined,
    24_576,
  ],
  ["claude-sonnet-4-5-20250929", "none", undefined, undefined, 8_192],
  ["claude-sonnet-4-6", "high", { type: "adaptive", display: "summarized" }, "high", 8_192],
  ["claude-opus-4-7", "xhigh", { type: "adaptive", display: "summarized" }, "xhigh", 8_192],
  ["claude-sonnet-5-5", "none", { type: "disabled" }, undefined, 8_192],
  ["claude-opus-5-5", "none", undefined, undefined, 8_192],
  ["claude-opus-5-5", "minimal", undefined, "low", 8_192],
  ["claude-fable-5-1", "max", undefined, "max", 8_192],
  ["claude-3-opus-20240229", undefined, undefined, undefined, 4_096],
] as const)("%s thinks with effort %p as it can", async (model, effort, thinking, wire, limit) => {
  const { body } = await sent({ model, ...(effort && { reasoningEffort: effort }) })
  expect(body.thinking).toEqual(thinking)
  expect(body.output_config?.effort).toBe(wire)
  expect(body.max_tokens).toBe(limit)
})

test("a budget stays below the caller's limit, and is dropped where there is no room", async () => {
  const model = "claude-sonnet-4-5"
  const roomy = await sent({ model, maxTokens: 4_000, reasoningEffort: "high", temperature: 0.3 })
  expect(roomy.body).toMatchObject({ max_tokens: 4_000, thinking: { budget_tokens: 3_200 } })
  expect(roomy.body.temperature).toBeUndefined()
  const tight = await sent({ model, maxTokens: 100, reasoningEffort: "high" })
  expect(tight.body.thinking).toBeUndefined()
})

test("temperature is clamped, excludes top_p, and is dropped where it is refused", async () => {
  const sampling = { temperature: 1.5, topP: 0.9, topK: 5 }
  const old = await sent({ model: "claude-sonnet-4-5", ...sampling })
  expect(old.body).toMatchObject({ temperature: 1, top_k: 5 })
  expect(old.body.top_p).toBeUndefined()
  const zero = await sent({ model: "claude-sonnet-4-5", temperature: 0 })
  expect(zero.body.temperature).toBe(0)
  const current = await sent({ model: "claude-sonnet-5-5", ...sampling })
  expect(current.body).not.toContainAnyKeys(["temperature", "top_p", "top_k"])
})

const schema = { type: "object", properties: { a: { type: "array", items: { type: "object" } } } }
const responseFormat = { type: "json-schema" as const, name: "s", schema }

test("a schema is closed and asked for, or put into words for older models", async () => {
  const { body } = await sent({ model: "claude-sonnet-4-5", responseFormat })
  expect(body.output_config.format).toEqual({
    type: "json_schema",
    schema: {
      type: "object",
      properties: {
        a: { type: "array", items: { type: "object", additionalProperties: false } },
      },
      additionalProperties: false,
    },
  })
  const old = await sent({ model: "claude-3-5-sonnet-20241022", responseFormat })
  expect(old.body.system).toContain(JSON.stringify(schema))
})

test("what the protocol has no words for is refused, not dropped", async () => {
  const audio: ChatMessage = {
    role: "user",
    content: [{ type: "audio", data: "", format: "wav" }],
  }
  for (const request of [{ choices: 2 }, { messages: [audio] }])
    expect(sent(request)).rejects.toMatchObject({
      kind: "invalid-request",
      code: "unsupported_parameter",
    })
})

test("ids that others gave are made fit, in the call and in its result alike", async () => {
  const messages = await messagesOf([
    {
      role: "assistant",
      content: [],
      toolCalls: [{ id: "functions.f:0", name: "f", arguments: "{}" }],
    },
    { role: "tool", callId: "functions.f:0", content: says("1") },
  ])
  expect(messages[1].content[0].id).toBe("functions_f_0")
  expect(messages[2].content).toMatchObject([{ tool_use_id: "functions_f_0" }])
})
