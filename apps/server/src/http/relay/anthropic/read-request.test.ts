import { describe, expect, test } from "bun:test"
import { AppError } from "../../../core/error.ts"
import { readMessagesRequest } from "./read-request.ts"

const read = (fields: object, headers: Record<string, string> = {}) =>
  readMessagesRequest(
    JSON.stringify({ model: "m", max_tokens: 10, messages: [], ...fields }),
    new Headers(headers),
  ).request
const readMessages = (...messages: object[]) => read({ messages }).messages
const cache_control = { type: "ephemeral", ttl: "1h" }

test("the text is kept, and of the headers what means something to Anthropic", () => {
  const messages = [{ role: "user", content: "hi" }]
  const headers = { "anthropic-beta": "b", "anthropic-version": "v", cookie: "c" }
  const { native } = read({ messages }, headers)
  expect(native?.headers).toEqual({ "anthropic-beta": "b", "anthropic-version": "v" })
  expect(JSON.parse(native?.text ?? "")).toMatchObject({ max_tokens: 10 })
})

test("results come before what else is said in their turn, with their pictures and marks", () => {
  const source = { type: "base64", media_type: "image/png", data: "AA==" }
  expect(
    readMessages(
      { role: "assistant", content: [{ type: "tool_use", id: "c", name: "f", input: { a: 1 } }] },
      {
        role: "user",
        content: [
          { type: "text", text: "look", cache_control },
          {
            type: "tool_result",
            tool_use_id: "c",
            content: [
              { type: "text", text: "no" },
              { type: "image", source },
            ],
            is_error: true,
            cache_control,
          },
        ],
      },
    ),
  ).toEqual([
    { role: "assistant", content: [], toolCalls: [{ id: "c", name: "f", arguments: '{"a":1}' }] },
    {
      role: "tool",
      callId: "c",
      content: [
        { type: "text", text: "no" },
        { type: "image", url: "data:image/png;base64,AA==" },
      ],
      isError: true,
      cache: cache_control,
    },
    { role: "user", content: [{ type: "text", text: "look", cache: cache_control }] },
  ])
})

test("system texts come first, documents become files, thoughts keep what their maker wants back", () => {
  const document = {
    type: "document",
    title: "t",
    source: { type: "base64", media_type: "application/pdf", data: "AA==" },
  }
  expect(
    read({
      system: [{ type: "text", text: "be brief", cache_control }],
      messages: [
        { role: "user", content: [document, { type: "image", source: { type: "url", url: "u" } }] },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "hm", signature: "s" },
            { type: "redacted_thinking", data: "d" },
            { type: "server_tool_use", id: "x", name: "web_search", input: {} },
            { type: "text", text: "so" },
          ],
        },
      ],
    }).messages,
  ).toEqual([
    { role: "system", content: [{ type: "text", text: "be brief", cache: cache_control }] },
    {
      role: "user",
      content: [
        { type: "file", data: "data:application/pdf;base64,AA==", filename: "t" },
        { type: "image", url: "u" },
      ],
    },
    {
      role: "assistant",
      content: [{ type: "text", text: "so" }],
      reasoning: [
        { text: "hm", signature: "s" },
        { text: "", redacted: "d" },
      ],
    },
  ])
})

const messages = [{ role: "user", content: "hi" }]

test.each([
  [{ type: "auto" }, "auto", undefined],
  [{ type: "any", disable_parallel_tool_use: true }, "required", false],
  [{ type: "tool", name: "f" }, { name: "f" }, undefined],
  [{ type: "none" }, "none", undefined],
])("tool_choice %j", (tool_choice, choice, parallel) => {
  const request = read({ messages, tools: [{ name: "f", cache_control }], tool_choice })
  expect(request.tools).toEqual([{ name: "f", cache: cache_control }])
  expect(request.toolChoice).toEqual(choice as never)
  expect(request.parallelToolCalls).toBe(parallel)
})

test.each([
  [{ thinking: { type: "disabled" } }, "none"],
  [{ thinking: { type: "enabled", budget_tokens: 1_024 } }, "low"],
  [{ thinking: { type: "enabled", budget_tokens: 8_000 } }, "medium"],
  [{ thinking: { type: "enabled", budget_tokens: 16_000 } }, "high"],
  [{ thinking: { type: "adaptive" }, output_config: { effort: "max" } }, "max"],
  [{}, undefined],
])("%j is as much thinking as %s", (fields, effort) => {
  expect(read({ messages, ...fields }).reasoningEffort).toBe(effort as never)
})

describe("what is wrong is said where it is", () => {
  const failure = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (error instanceof AppError) return error.message
    }
    throw new Error("nothing was wrong")
  }

  test.each([
    ["max_tokens", () => readMessagesRequest('{"model":"m","messages":[{}]}', new Headers())],
    ["messages", () => read({ messages: [] })],
    ["messages.0.role", () => readMessages({ role: "tool", content: "x" })],
    ["messages.0.content", () => readMessages({ role: "user", content: [{ type: "hologram" }] })],
    ["tools.0", () => read({ messages, tools: [{ type: "bash_20250124", name: "bash" }] }).tools],
  ])("%s", (param, work) => {
    expect(failure(work)).toContain(param)
  })
})
