import { afterAll, beforeAll, expect, test } from "bun:test"
import { deepseek } from "../deepseek/index.ts"
import type { ChatMessage, ChatRequest } from "../spec/index.ts"
import {
  hello,
  type SimulatedUpstream,
  scriptedOpenAi,
  simulate,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { openai } from "./index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

async function sent(request: Partial<ChatRequest>, baseUrl = up.url) {
  up.answerWith(scriptedOpenAi({ chunks: ["a"] }))
  await tell(openai, { ...hello, ...request }, upstreamAt(baseUrl))
  return up.requests.pop()!
}

test("a caller of the same dialect is passed on character by character", async () => {
  const text = '{ "model":"alias", "unknown":{"z":1e400,"a":[ ]}, "temperature":0,"stream":true }'
  const native = { dialect: "openai", text, body: JSON.parse(text) } as const
  const { text: received } = await sent({ model: "gpt-4o", native })
  expect(received).toBe(
    text.replace('"alias"', '"gpt-4o"').replace("{ ", '{"stream_options":{"include_usage":true}, '),
  )
})

test("other stream options stay beside the wish for usage", async () => {
  const text = '{"model":"m","stream":true,"stream_options":{"include_obfuscation":false}}'
  const { body } = await sent({ native: { dialect: "openai", text, body: JSON.parse(text) } })
  expect(body.stream_options).toEqual({ include_usage: true, include_obfuscation: false })
})

test.each([
  ["", "/v1/chat/completions"],
  ["/v1", "/v1/chat/completions"],
  ["/openai/v1", "/openai/v1/chat/completions"],
  ["/api", "/api/v1/chat/completions"],
  ["/api/v3", "/api/v3/chat/completions"],
  ["/v1beta/openai", "/v1beta/openai/chat/completions"],
])("an address ending in %j is asked at %s", async (path, asked) => {
  expect((await sent({}, up.url + path)).path).toBe(asked)
})

test("everything that can be asked for is translated", async () => {
  const { body, headers } = await sent({
    model: "gpt-4o",
    messages: [
      { role: "system", content: [{ type: "text", text: "Be brief" }] },
      {
        role: "user",
        content: [
          { type: "text", text: "What?" },
          { type: "image", url: "https://example.com/a.png", detail: "low" },
          { type: "audio", data: "AAAA", format: "wav" },
          { type: "file", filename: "a.pdf", data: "data:application/pdf;base64,AAAA" },
        ],
      },
      { role: "assistant", content: [], toolCalls: [{ id: "c1", name: "f", arguments: "{}" }] },
      { role: "tool", callId: "c1", content: [{ type: "text", text: "21C" }] },
    ],
    maxTokens: 10,
    temperature: 0,
    topP: 0.5,
    stop: ["END"],
    seed: 7,
    choices: 2,
    logprobs: true,
    topLogprobs: 3,
    tools: [{ name: "f", description: "d", parameters: { type: "object" }, strict: true }],
    toolChoice: { name: "f" },
    parallelToolCalls: false,
    responseFormat: { type: "json-schema", name: "s", schema: { type: "object" }, strict: true },
    user: "u",
  })
  expect(headers.get("authorization")).toBe("Bearer sk-test-secret")
  expect(body).toEqual({
    model: "gpt-4o",
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: "system", content: "Be brief" },
      {
        role: "user",
        content: [
          { type: "text", text: "What?" },
          { type: "image_url", image_url: { url: "https://example.com/a.png", detail: "low" } },
          { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
          {
            type: "file",
            file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AAAA" },
          },
        ],
      },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "c1", content: "21C" },
    ],
    max_tokens: 10,
    temperature: 0,
    top_p: 0.5,
    stop: ["END"],
    seed: 7,
    n: 2,
    logprobs: true,
    top_logprobs: 3,
    tools: [
      {
        type: "function",
        function: { name: "f", description: "d", parameters: { type: "object" }, strict: true },
      },
    ],
    tool_choice: { type: "function", function: { name: "f" } },
    parallel_tool_calls: false,
    response_format: {
      type: "json_schema",
      json_schema: { name: "s", schema: { type: "object" }, strict: true },
    },
    user: "u",
  })
})

test.each(["o3", "gpt-5", "gpt-5.1", "gpt-6.1-sol", "openai/gpt-5.5"])(
  "%s knows its limit by another name and takes no temperature",
  async (model) => {
    const { body } = await sent({
      model,
      maxTokens: 10,
      temperature: 0.5,
      reasoningEffort: "low",
    })
    expect(body).toMatchObject({ max_completion_tokens: 10, reasoning_effort: "low" })
    expect(body).not.toContainAnyKeys(["max_tokens", "temperature"])
  },
)

test("thoughts go back with the calls they led to where that is wanted, and nowhere else", async () => {
  const messages: ChatMessage[] = [
    {
      role: "assistant",
      content: [],
      reasoning: [{ text: "hm" }],
      toolCalls: [{ id: "c1", name: "f", arguments: "{}" }],
    },
    { role: "tool", callId: "c1", content: [{ type: "text", text: "1" }] },
    { role: "assistant", content: [{ type: "text", text: "a" }], reasoning: [{ text: "hm" }] },
  ]
  const { body } = await sent({ messages })
  await tell(deepseek, { ...hello, messages }, upstreamAt(up.url))
  const thoughts = ({ reasoning_content }: { reasoning_content?: string }) => reasoning_content
  expect(body.messages.map(thoughts)).toEqual([undefined, undefined, undefined])
  expect(up.requests.pop()!.body.messages.map(thoughts)).toEqual(["hm", undefined, undefined])
})

test("what a model says in a turn is one message, whoever told it in several", async () => {
  const call = (id: string) => ({ id, name: "f", arguments: "{}" })
  const { body } = await sent({
    messages: [
      { role: "assistant", content: [], toolCalls: [call("c1")] },
      { role: "assistant", content: [{ type: "text", text: "and" }], toolCalls: [call("c2")] },
      { role: "tool", callId: "c1", content: [] },
      { role: "tool", callId: "c2", content: [] },
    ],
  })
  expect(body.messages).toHaveLength(3)
  expect(body.messages[0]).toMatchObject({
    content: "and",
    tool_calls: [{ id: "c1" }, { id: "c2" }],
  })
})

test("pictures in results are shown by the user, after the last of them", async () => {
  const picture = { type: "image" as const, url: "data:image/png;base64,iVBO" }
  const call = (id: string) => ({ id, name: "f", arguments: "{}" })
  const { body } = await sent({
    messages: [
      { role: "assistant", content: [], toolCalls: [call("c1"), call("c2")] },
      { role: "tool", callId: "c1", content: [{ type: "text", text: "1" }, picture] },
      { role: "tool", callId: "c2", content: [{ type: "text", text: "2" }] },
      { role: "user", content: [{ type: "text", text: "well?" }] },
    ],
  })
  const roles = body.messages.map(({ role }: { role: string }) => role)
  expect(roles).toEqual(["assistant", "tool", "tool", "user", "user"])
  expect(body.messages[3].content[0].image_url.url).toBe(picture.url)
})

test("not to think is asked only of models that think", async () => {
  const effortOf = async (model: string) =>
    (await sent({ model, reasoningEffort: "none" })).body.reasoning_effort
  expect(await effortOf("gpt-5.5")).toBe("none")
  expect(await effortOf("gpt-4o")).toBeUndefined()
})
