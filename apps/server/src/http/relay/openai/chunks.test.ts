import { describe, expect, test } from "bun:test"
import type { ChatEvent } from "@nio/adapters"
import { createChunkWriter } from "./chunks.ts"
import { createCompletion } from "./whole-answer.ts"

const head = { id: "chatcmpl-1", model: "m", created: 1, legacyFunctions: false }
const none = { input: 0, output: 0 }

const events: ChatEvent[] = [
  { type: "reasoning", choice: 0, delta: "hm" },
  { type: "text", choice: 0, delta: "Grüße" },
  { type: "tool-call", choice: 0, index: 0, id: "c1", name: "look", argumentsDelta: "" },
  { type: "tool-call", choice: 0, index: 0, argumentsDelta: '{"a":1}' },
  { type: "finish", choice: 0, reason: "tool-calls" },
  { type: "usage", usage: { input: 9, output: 2, cachedInput: 4, reasoning: 1 } },
]

const frames = (text: string) =>
  text
    .split("\n\n")
    .filter((frame) => frame.startsWith("data: {"))
    .map((frame) => JSON.parse(frame.slice(6)))

describe("a stream", () => {
  test("carries the role first, each call's id and name once, and [DONE] once", () => {
    const writer = createChunkWriter(head, false)
    const text = writer.write(events) + writer.end()
    const deltas = frames(text).map((chunk) => chunk.choices[0].delta)
    expect(deltas).toEqual([
      { role: "assistant", reasoning_content: "hm" },
      { content: "Grüße" },
      {
        tool_calls: [
          { index: 0, id: "c1", type: "function", function: { name: "look", arguments: "" } },
        ],
      },
      { tool_calls: [{ index: 0, function: { arguments: '{"a":1}' } }] },
      {},
    ])
    expect(text.match(/\[DONE\]/g)).toHaveLength(1)
    expect(text).not.toContain("usage")
  })

  test("ends with the usage chunk when asked, and says null before", () => {
    const writer = createChunkWriter(head, true)
    const chunks = frames(writer.write(events) + writer.end())
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true)
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
    })
  })

  test("answers a caller of functions with a function call", () => {
    const writer = createChunkWriter({ ...head, legacyFunctions: true }, false)
    const chunks = frames(writer.write(events))
    expect(chunks[2].choices[0].delta).toEqual({ function_call: { name: "look", arguments: "" } })
    expect(chunks.at(-1).choices[0].finish_reason).toBe("function_call")
  })
})

describe("a whole answer", () => {
  test("puts the pieces together", () => {
    const completion = createCompletion(head)
    completion.add(events)
    expect(completion.body(none)).toMatchObject({
      object: "chat.completion",
      choices: [
        {
          index: 0,
          finish_reason: "tool_calls",
          message: {
            role: "assistant",
            content: "Grüße",
            reasoning_content: "hm",
            tool_calls: [
              { id: "c1", type: "function", function: { name: "look", arguments: '{"a":1}' } },
            ],
          },
        },
      ],
      usage: {
        total_tokens: 11,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 1 },
      },
    })
  })

  test("content is null only beside calls or a refusal", () => {
    const completion = createCompletion(head)
    completion.add([{ type: "finish", choice: 0, reason: "stop" }])
    expect(completion.body(none).choices[0]?.message.content).toBe("")
  })
})
