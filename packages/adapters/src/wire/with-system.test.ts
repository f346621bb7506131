import { describe, expect, test } from "bun:test"
import type { ChatRequest, Dialect } from "../spec/index.ts"
import { withSystem } from "./with-system.ts"

const asked = (dialect: Dialect, text: string): ChatRequest => ({
  model: "m",
  stream: true,
  messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
  native: { dialect, text, body: JSON.parse(text) },
})

describe("a system message in front", () => {
  test.each<[Dialect, string, string]>([
    [
      "openai",
      '{"x_big": 9007199254740993, "messages":[{"role":"user","content":"hi"}], "seed": 1.0}',
      '{"x_big": 9007199254740993, "messages":[{"role":"system","content":"S"},{"role":"user","content":"hi"}], "seed": 1.0}',
    ],
    ["anthropic", '{"messages":[]}', '{"system":"S","messages":[]}'],
    ["anthropic", '{"system":"Be brief."}', '{"system":"S\\n\\nBe brief."}'],
    [
      "anthropic",
      '{"system":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]}',
      '{"system":[{"type":"text","text":"S"},{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]}',
    ],
    ["gemini", '{"contents":[]}', '{"systemInstruction":{"parts":[{"text":"S"}]},"contents":[]}'],
    [
      "gemini",
      '{"system_instruction":{"role":"system","parts":[{"text":"a"}]}}',
      '{"system_instruction":{"role":"system","parts":[{"text":"S"},{"text":"a"}]}}',
    ],
    [
      "gemini",
      '{"systemInstruction":{"parts":{"text":"a"}}}',
      '{"systemInstruction":{"parts":[{"text":"S"},{"text":"a"}]}}',
    ],
    ["responses", '{"input":"hi","instructions":null}', '{"input":"hi","instructions":"S"}'],
    ["responses", '{"instructions":"Be brief."}', '{"instructions":"S\\n\\nBe brief."}'],
  ])("stands in a body of %s where it belongs: %s", (dialect, text, expected) => {
    const { native } = withSystem(asked(dialect, text), "S")
    expect(native?.text).toBe(expected)
    expect(native?.body).toEqual(JSON.parse(expected))
  })

  test("is the first of the messages, which are read no sooner than before", () => {
    let reads = 0
    const lazy = asked("openai", '{"messages":[]}')
    const { messages } = lazy
    Object.defineProperty(lazy, "messages", {
      get: () => {
        reads++
        return messages
      },
    })
    const request = withSystem(lazy, "S")
    expect(reads).toBe(0)
    expect(request.messages.map(({ role }) => role)).toEqual(["system", "user"])
    expect(request).toMatchObject({ model: "m", stream: true })
  })

  test("is also in what one channel is told of a conversation that it keeps", () => {
    const request = asked("responses", '{"input":["all"]}')
    const kept = { channelId: "7", text: '{"input":["last"]}' }
    const { native } = withSystem({ ...request, native: { ...request.native!, kept } }, "S")
    expect(native?.kept).toEqual({ channelId: "7", text: '{"instructions":"S","input":["last"]}' })
  })
})
