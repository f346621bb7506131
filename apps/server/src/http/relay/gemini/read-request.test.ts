import { expect, test } from "bun:test"
import { AppError } from "../../../core/error.ts"
import { readContentRequest, readCountRequest } from "./read-request.ts"

const wanted = { model: "m", stream: false, sse: false }
const contents = [{ role: "user", parts: [{ text: "hi" }] }]
const read = (fields: object) =>
  readContentRequest(JSON.stringify({ contents, ...fields }), wanted).request

test("either spelling of a field is understood", () => {
  const camel = read({
    systemInstruction: { parts: [{ text: "be brief" }] },
    generationConfig: { maxOutputTokens: 5, topP: 0, stopSequences: ["x"] },
  })
  const snake = read({
    system_instruction: { parts: [{ text: "be brief" }] },
    generation_config: { max_output_tokens: 5, top_p: 0, stop_sequences: ["x"] },
  })
  for (const request of [camel, snake]) {
    expect(request).toMatchObject({ maxTokens: 5, topP: 0, stop: ["x"] })
    expect(request.messages[0]).toEqual({
      role: "system",
      content: [{ type: "text", text: "be brief" }],
    })
  }
})

test("results without ids answer the oldest open call of their name", () => {
  const { messages } = read({
    contents: [
      ...contents,
      {
        role: "model",
        parts: [
          { text: "hm", thought: true },
          { text: "", thought: true, thoughtSignature: "s" },
          { functionCall: { name: "f", args: { a: 1 } }, thoughtSignature: "c" },
          { functionCall: { name: "g" } },
          { functionCall: { id: "mine", name: "f" } },
        ],
      },
      {
        role: "user",
        parts: [
          { functionResponse: { id: "mine", name: "f", response: { output: "last" } } },
          { functionResponse: { name: "g", response: { error: "broken" } } },
          { functionResponse: { name: "f", response: { n: 1 } } },
          { text: "well?" },
        ],
      },
    ],
  })
  const [, model, ...rest] = messages
  expect(model).toEqual({
    role: "assistant",
    content: [],
    reasoning: [{ text: "hm", signature: "s" }],
    toolCalls: [
      { id: "call_0", name: "f", arguments: '{"a":1}', signature: "c" },
      { id: "call_1", name: "g", arguments: "{}" },
      { id: "mine", name: "f", arguments: "{}" },
    ],
  })
  const text = (text: string) => [{ type: "text", text }]
  expect(rest).toEqual([
    { role: "tool", callId: "mine", name: "f", content: text("last") },
    { role: "tool", callId: "call_1", name: "g", content: text("broken"), isError: true },
    { role: "tool", callId: "call_0", name: "f", content: text('{"n":1}') },
    { role: "user", content: text("well?") },
  ] as never)
})

test("media are told apart by their type", () => {
  const media = (mimeType: string) => ({ inlineData: { mimeType, data: "AA==" } })
  const { messages } = read({
    contents: [
      {
        parts: [
          media("image/png"),
          media("audio/mpeg"),
          media("application/pdf"),
          { fileData: { mimeType: "image/png", fileUri: "https://x/y" } },
        ],
      },
    ],
  })
  expect(messages[0]?.content).toEqual([
    { type: "image", url: "data:image/png;base64,AA==" },
    { type: "audio", data: "AA==", format: "mp3" },
    { type: "file", data: "data:application/pdf;base64,AA==" },
    { type: "image", url: "https://x/y" },
  ])
})

test("Google's schemas become everybody's", () => {
  const parameters = {
    type: "OBJECT",
    properties: {
      type: { type: "STRING", nullable: true, maxLength: "5" },
      list: { type: "ARRAY", items: { type: "INTEGER" } },
    },
    propertyOrdering: ["type"],
    required: ["type"],
  }
  const { tools, toolChoice } = read({
    tools: [{ functionDeclarations: [{ name: "f", parameters }] }],
    toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["f"] } },
  })
  expect(toolChoice).toEqual({ name: "f" })
  expect(tools?.[0]?.parameters).toEqual({
    type: "object",
    properties: {
      type: { type: ["string", "null"], maxLength: 5 },
      list: { type: "array", items: { type: "integer" } },
    },
    required: ["type"],
  })
})

test.each([
  [{ thinkingBudget: 0 }, "none"],
  [{ thinkingBudget: -1 }, "medium"],
  [{ thinkingBudget: 1_024 }, "low"],
  [{ thinkingBudget: 24_576 }, "high"],
  [{ thinkingLevel: "HIGH" }, "high"],
  [{ includeThoughts: true }, undefined],
])("%j is as much thinking as %s", (thinkingConfig, effort) => {
  expect(read({ generationConfig: { thinkingConfig } }).reasoningEffort).toBe(effort as never)
})

test("tools that Google runs itself are nobody else's", () => {
  expect(() => read({ tools: [{ googleSearch: {} }] }).tools).toThrow(AppError)
  expect(() => read({ cachedContent: "cachedContents/1" }).tools).toThrow(AppError)
})

test("what is to be counted may be a whole request inside", () => {
  const inner = { generateContentRequest: { model: "models/m", contents } }
  const text = JSON.stringify(inner)
  const request = readCountRequest(text, "m")
  expect(request.messages).toHaveLength(1)
  expect(request.native?.text).toBe(text)
})
