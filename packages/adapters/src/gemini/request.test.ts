import { afterAll, beforeAll, expect, test } from "bun:test"
import type { ChatMessage, ChatRequest } from "../spec/index.ts"
import {
  hello,
  type SimulatedUpstream,
  scriptedGemini,
  simulate,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { gemini } from "./index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const says = (text: string) => [{ type: "text" as const, text }]

async function sent(request: Partial<ChatRequest>, path = "") {
  up.answerWith(scriptedGemini({ chunks: ["a"] }))
  await tell(gemini, { ...hello, ...request }, upstreamAt(up.url + path, { key: "AIzaSecret" }))
  return up.requests.pop()!
}
const contentsOf = async (messages: ChatMessage[], model = "gemini-2.5-pro") =>
  (await sent({ model, messages })).body.contents

test("model and stream are in the address, the key is in a header", async () => {
  const { path, headers } = await sent({ model: "models/gemini-x" })
  expect(path).toBe("/v1beta/models/gemini-x:streamGenerateContent?alt=sse")
  expect(headers.get("x-goog-api-key")).toBe("AIzaSecret")
  expect((await sent({ stream: false })).path).toBe("/v1beta/models/m:generateContent")
  expect((await sent({ model: "../x" }, "/v1")).path).toStartWith("/v1/models/..%2Fx:")
})

test("a caller of the same dialect is passed on character by character", async () => {
  const text = '{"contents" : [ ],"unknown":1}'
  const native = { dialect: "gemini", text, body: JSON.parse(text) } as const
  expect((await sent({ native })).text).toBe(text)
})

test("turns alternate, results find their names and share one turn", async () => {
  const contents = await contentsOf([
    { role: "system", content: says("Be brief") },
    {
      role: "user",
      content: [...says("?"), { type: "image", url: "data:image/png;base64,iVBO" }],
    },
    {
      role: "assistant",
      content: says("Let me see"),
      toolCalls: [
        { id: "a", name: "f", arguments: '{"x":1}', signature: "CiQ=" },
        { id: "b", name: "g", arguments: "{}" },
      ],
    },
    { role: "tool", callId: "a", content: says('{"t":21}') },
    { role: "tool", callId: "b", content: says("no"), isError: true },
    {
      role: "user",
      content: [
        { type: "image", url: "https://generativelanguage.googleapis.com/v1beta/files/a.jpg" },
      ],
    },
  ])
  expect(contents).toEqual([
    {
      role: "user",
      parts: [{ text: "?" }, { inlineData: { mimeType: "image/png", data: "iVBO" } }],
    },
    {
      role: "model",
      parts: [
        { text: "Let me see" },
        { functionCall: { id: "a", name: "f", args: { x: 1 } }, thoughtSignature: "CiQ=" },
        { functionCall: { id: "b", name: "g", args: {} } },
      ],
    },
    {
      role: "user",
      parts: [
        { functionResponse: { id: "a", name: "f", response: { t: 21 } } },
        { functionResponse: { id: "b", name: "g", response: { error: "no" } } },
        {
          fileData: {
            mimeType: "image/jpeg",
            fileUri: "https://generativelanguage.googleapis.com/v1beta/files/a.jpg",
          },
        },
      ],
    },
  ])
})

test("a call some other model made gets a stand-in for its signature", async () => {
  const messages: ChatMessage[] = [
    ...hello.messages,
    { role: "assistant", content: [], toolCalls: [{ id: "a", name: "f", arguments: "{}" }] },
  ]
  const [, turn] = await contentsOf(messages, "gemini-3.8-flash")
  expect(turn.parts[0].thoughtSignature).toBe("skip_thought_signature_validator")
  const [, older] = await contentsOf(messages, "gemini-2.5-pro")
  expect(older.parts[0].thoughtSignature).toBeUndefined()
})

test("everything that can be asked for is translated", async () => {
  const schema = { type: "object", properties: { a: { type: "string" } } }
  const { body } = await sent({
    messages: [{ role: "system", content: says("A") }, ...hello.messages],
    maxTokens: 10,
    temperature: 0,
    topP: 0.5,
    topK: 3,
    stop: ["END"],
    seed: 7,
    choices: 2,
    logprobs: true,
    topLogprobs: 3,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    tools: [{ name: "f", description: "d", parameters: schema }],
    toolChoice: { name: "f" },
    responseFormat: { type: "json-schema", name: "s", schema },
  })
  expect(body).toMatchObject({
    systemInstruction: { parts: [{ text: "A" }] },
    contents: [{ role: "user", parts: [{ text: "hi" }] }],
    tools: [
      { functionDeclarations: [{ name: "f", description: "d", parametersJsonSchema: schema }] },
    ],
    toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["f"] } },
  })
  expect(body.generationConfig).toEqual({
    temperature: 0,
    topP: 0.5,
    topK: 3,
    maxOutputTokens: 10,
    stopSequences: ["END"],
    candidateCount: 2,
    seed: 7,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    responseLogprobs: true,
    logprobs: 3,
    responseMimeType: "application/json",
    responseJsonSchema: schema,
  })
})

test.each([
  ["gemini-2.5-flash", "none", { includeThoughts: false, thinkingBudget: 0 }],
  ["gemini-2.5-pro", "none", { includeThoughts: false, thinkingBudget: 128 }],
  ["gemini-2.5-pro", "high", { includeThoughts: true, thinkingBudget: 24_576 }],
  ["gemini-3.8-flash", "minimal", { includeThoughts: true, thinkingLevel: "minimal" }],
  ["gemini-3.1-pro-preview", "none", { includeThoughts: false, thinkingLevel: "low" }],
  ["gemini-3.8-flash", "max", { includeThoughts: true, thinkingLevel: "high" }],
  ["gemini-3.8-flash", undefined, undefined],
] as const)("%s thinks with effort %p as it can", async (model, effort, thinkingConfig) => {
  const { body } = await sent({ model, ...(effort && { reasoningEffort: effort }) })
  expect(body.generationConfig.thinkingConfig).toEqual(thinkingConfig)
})

test("a body that names a model of its own names ours", async () => {
  const text = '{"model" : "models/dear","contents":[ ]}'
  const native = { dialect: "gemini", text, body: JSON.parse(text) } as const
  const seen = await sent({ model: "cheap", native })
  expect(seen.text).toBe(text.replace("models/dear", "models/cheap"))
  expect(seen.path).toContain("/models/cheap:")
})
