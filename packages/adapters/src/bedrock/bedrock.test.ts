import { expect, test } from "bun:test"
import type { ChatMessage, ChatRequest } from "../spec/index.ts"
import { cutFetch, hello, startMock, tell, upstreamAt } from "../testing/index.ts"
import { bedrock } from "./index.ts"
import { placeOf } from "./key.ts"
import { mock } from "./mock.ts"

const nova = "us.amazon.nova-2-lite-v1:0"
const claude = "us.anthropic.claude-sonnet-4-6"
const says = (text: string) => [{ type: "text" as const, text }]

async function ask(own: Partial<ChatRequest>, script = { chunks: ["Grüße"] }, cut?: number) {
  await using up = await startMock(mock, { script })
  const { baseUrl, key } = mock.channel(up.url)
  const upstream = upstreamAt(baseUrl, { key, ...(cut && { fetch: cutFetch(cut) }) })
  const told = await tell(bedrock, { ...hello, model: nova, ...own }, upstream)
  return { ...told, seen: up.requests[0]! }
}

test.each([undefined, 1, 3, 1_000])(
  "Converse says the same however it is cut (%p)",
  async (cut) => {
    const script = {
      reasoning: ["h", "m"],
      chunks: ["Gr", "üße"],
      toolCalls: [
        { id: "t1", name: "f", arguments: '{"a":1}' },
        { id: "t2", name: "g", arguments: "{}" },
      ],
    }
    const { events, signs, error } = await ask({}, script, cut)
    expect(error).toBeUndefined()
    const call = { type: "tool-call", choice: 0 } as const
    expect(events).toEqual([
      { type: "reasoning", choice: 0, delta: "h" },
      { type: "reasoning", choice: 0, delta: "m" },
      { type: "reasoning", choice: 0, delta: "", signature: "c2lnbmVk" },
      { type: "text", choice: 0, delta: "Gr" },
      { type: "text", choice: 0, delta: "üße" },
      { ...call, index: 0, id: "t1", name: "f", argumentsDelta: "" },
      { ...call, index: 0, argumentsDelta: '{"a":1}' },
      { ...call, index: 1, id: "t2", name: "g", argumentsDelta: "" },
      { ...call, index: 1, argumentsDelta: "{}" },
      { type: "finish", choice: 0, reason: "tool-calls" },
      { type: "usage", usage: { input: 7, output: 2 } },
    ])
    expect(signs.findLast(({ usage }) => usage)?.usage).toEqual({ input: 7, output: 2 })
  },
)

test("Claude is asked and answers in Anthropic's words, also character by character", async () => {
  const text =
    '{"model":"x","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"hi"}],"new":1}'
  const headers = { "anthropic-beta": "a-1, b-2" }
  const native = { dialect: "anthropic" as const, text, body: JSON.parse(text), headers }
  const { seen, bytes, error } = await ask({ model: claude, native })
  expect(error).toBeUndefined()
  expect(seen.path).toBe(`/model/${encodeURIComponent(claude)}/invoke-with-response-stream`)
  expect(seen.text).toBe(
    '{"anthropic_version":"bedrock-2023-05-31","anthropic_beta":["a-1","b-2"],"max_tokens":5,"messages":[{"role":"user","content":"hi"}],"new":1}',
  )
  expect(bytes).toStartWith('event: message_start\ndata: {"type":"message_start"')
  expect(bytes).toEndWith('event: message_stop\ndata: {"type":"message_stop"}\n\n')
})

test("a conversation with pictures, calls and results is told in Converse's words", async () => {
  const messages: ChatMessage[] = [
    { role: "system", content: says("Be brief") },
    { role: "user", content: [...says("?"), { type: "image", url: "data:image/png;base64,iVBO" }] },
    {
      role: "assistant",
      content: says("Let me see"),
      toolCalls: [{ id: "a", name: "f", arguments: '{"x":1}' }],
    },
    { role: "tool", callId: "a", content: says("21"), isError: true },
  ]
  const { seen, error } = await ask({
    messages,
    maxTokens: 9,
    temperature: 2,
    topK: 3,
    stop: ["END"],
    tools: [{ name: "f", description: "d", parameters: { type: "object" } }],
    toolChoice: { name: "f" },
  })
  expect(error).toBeUndefined()
  expect(seen.body).toEqual({
    system: [{ text: "Be brief" }],
    messages: [
      {
        role: "user",
        content: [{ text: "?" }, { image: { format: "png", source: { bytes: "iVBO" } } }],
      },
      {
        role: "assistant",
        content: [
          { text: "Let me see" },
          { toolUse: { toolUseId: "a", name: "f", input: { x: 1 } } },
        ],
      },
      {
        role: "user",
        content: [{ toolResult: { toolUseId: "a", content: [{ text: "21" }], status: "error" } }],
      },
    ],
    inferenceConfig: { maxTokens: 9, temperature: 1, stopSequences: ["END"] },
    toolConfig: {
      tools: [
        { toolSpec: { name: "f", description: "d", inputSchema: { json: { type: "object" } } } },
      ],
      toolChoice: { tool: { name: "f" } },
    },
    additionalModelRequestFields: { top_k: 3 },
  })
})

test("a key that is shown, not used to sign, is shown", async () => {
  await using up = await startMock(mock)
  const { error } = await tell(
    bedrock,
    { ...hello, model: nova },
    upstreamAt(up.url, { key: "ABSKmock" }),
  )
  expect(error).toBeUndefined()
})

test("the region of the key goes before the one in the address", () => {
  const baseUrl = "https://bedrock-runtime.us-east-1.amazonaws.com"
  expect(placeOf({ baseUrl, key: "a|s|eu-west-1" })).toEqual({
    region: "eu-west-1",
    address: "https://bedrock-runtime.eu-west-1.amazonaws.com",
  })
  expect(placeOf({ baseUrl, key: "ABSK|ap-south-1" }).region).toBe("ap-south-1")
  expect(placeOf({ baseUrl: "http://proxy", key: "ABSK" })).toEqual({
    region: "us-east-1",
    address: "http://proxy",
  })
})

test.each([
  ["openai.gpt-oss-20b-1:0", "max", { reasoning_effort: "high" }],
  [
    "us.amazon.nova-2-lite-v1:0",
    "low",
    { reasoningConfig: { type: "enabled", maxReasoningEffort: "low" } },
  ],
  ["us.amazon.nova-2-lite-v1:0", "none", { reasoningConfig: { type: "disabled" } }],
  ["us.meta.llama3-3-70b-instruct-v1:0", "high", undefined],
] as const)(
  "%s is told to think with effort %s in its own words",
  async (model, reasoningEffort, extras) => {
    const { seen } = await ask({ model, reasoningEffort })
    expect(seen.body.additionalModelRequestFields).toEqual(extras)
  },
)
