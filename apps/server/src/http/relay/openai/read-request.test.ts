import { describe, expect, test } from "bun:test"
import { AppError } from "../../../core/error.ts"
import { readChatRequest } from "./read-request.ts"

const messages = [{ role: "user", content: "hi" }]
const read = (fields: object) =>
  readChatRequest(JSON.stringify({ model: "m", messages, ...fields }))

function failure(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error("nothing was thrown")
}

describe("a chat completion request", () => {
  test("keeps zero apart from left out", () => {
    const { request } = read({ temperature: 0, max_tokens: 0, top_p: null })
    expect(request.temperature).toBe(0)
    expect(request.maxTokens).toBe(0)
    expect("topP" in request).toBe(false)
  })

  test("keeps the caller's own text for an upstream of the same dialect", () => {
    const text = `{"model":"m", "messages":[{"role":"user","content":"hi"}],"unknown":{"a":1.10}}`
    expect(readChatRequest(text).request.native?.text).toBe(text)
  })

  test("reads tools, their choice and an answer's format", () => {
    const { request } = read({
      tools: [{ type: "function", function: { name: "look", parameters: { type: "object" } } }],
      tool_choice: { type: "function", function: { name: "look" } },
      response_format: {
        type: "json_schema",
        json_schema: { name: "s", schema: {}, strict: true },
      },
    })
    expect(request.tools).toEqual([{ name: "look", parameters: { type: "object" } }])
    expect(request.toolChoice).toEqual({ name: "look" })
    expect(request.responseFormat).toEqual({
      type: "json-schema",
      name: "s",
      schema: {},
      strict: true,
    })
  })

  test("reads every kind of message", () => {
    const { request } = read({
      messages: [
        { role: "developer", content: "be brief" },
        {
          role: "user",
          content: [
            { type: "text", text: "what is it" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AA==", detail: "low" } },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: "" } }],
        },
        { role: "tool", tool_call_id: "c1", content: "a cat" },
      ],
    })
    expect(request.messages).toEqual([
      { role: "system", content: [{ type: "text", text: "be brief" }] },
      {
        role: "user",
        content: [
          { type: "text", text: "what is it" },
          { type: "image", url: "data:image/png;base64,AA==", detail: "low" },
        ],
      },
      { role: "assistant", content: [], toolCalls: [{ id: "c1", name: "look", arguments: "{}" }] },
      { role: "tool", callId: "c1", content: [{ type: "text", text: "a cat" }] },
    ])
  })

  test("pairs a legacy function result with the call before it", () => {
    const { request, legacyFunctions } = read({
      functions: [{ name: "look", parameters: {} }],
      messages: [
        ...messages,
        { role: "assistant", content: null, function_call: { name: "look", arguments: "{}" } },
        { role: "function", name: "look", content: "a cat" },
      ],
    })
    expect(legacyFunctions).toBe(true)
    expect(request.messages[1]).toMatchObject({ toolCalls: [{ id: "call_legacy_1" }] })
    expect(request.messages[2]).toMatchObject({ role: "tool", callId: "call_legacy_1" })
  })

  test("leaves parts it does not know to an upstream of the same dialect", () => {
    const { request } = read({ messages: [{ role: "user", content: [{ type: "hologram" }] }] })
    expect(request.native?.body.messages).toBeDefined()
    expect(failure(() => request.messages).params.param).toBe("messages.0.content")
  })

  test.each([
    ["no model", { model: undefined }, "model"],
    ["a model that is a number", { model: 5 }, "model"],
    ["a NUL in the model", { model: "gpt\u0000" }, "model"],
    ["no messages", { messages: [] }, "messages"],
    ["messages that are text", { messages: "hi" }, "messages"],
    ["a negative limit", { max_tokens: -1 }, "max_tokens"],
    ["a huge limit", { max_tokens: 2 ** 53 }, "max_tokens"],
    ["a limit in words", { max_tokens: "9e9" }, "max_tokens"],
    ["a thousand choices", { n: 1000 }, "n"],
    ["a stream that is text", { stream: "yes" }, "stream"],
  ])("refuses %s and says where", (_, fields, param) => {
    const error = failure(() => read(fields))
    expect(error.code).toBe("input.invalid")
    expect(error.params.param).toBe(param)
  })

  test.each(["", "[]", "null", "{", '"text"', `${"[".repeat(100_000)}`])("refuses %p", (text) => {
    expect(failure(() => readChatRequest(text)).code).toBe("input.invalid")
  })
})
