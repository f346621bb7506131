import { expect, test } from "bun:test"
import type { ChatRequest, Native } from "@nio/adapters"
import { withoutSignatures } from "./without-signatures.ts"

const request = (dialect: Native["dialect"], body: Record<string, unknown>): ChatRequest => ({
  model: "m",
  stream: true,
  messages: [],
  native: { dialect, body, text: JSON.stringify(body) },
})
const left = (dialect: Native["dialect"], body: Record<string, unknown>) => {
  const { native } = withoutSignatures(request(dialect, body))
  expect(JSON.parse(native!.text)).toEqual(native!.body as object)
  return native!.body
}

test("Anthropic's thoughts go, what was said and called stays, and nobody is asked to think on", () => {
  const call = { type: "tool_use", id: "t", name: "f", input: { signature: "mine" } }
  const thought = { type: "thinking", thinking: "hm", signature: "sealed" }
  const body = {
    model: "m",
    thinking: { type: "enabled", budget_tokens: 1_024 },
    messages: [
      { role: "user", content: "hi" },
      { role: "assistant", content: [thought, { type: "redacted_thinking", data: "x" }, call] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "thinking" }] },
    ],
  }
  const { messages, ...rest } = left("anthropic", body)
  expect(rest).toEqual({ model: "m" })
  expect(messages).toEqual([
    body.messages[0],
    { role: "assistant", content: [call] },
    body.messages[2],
  ])
})

test("Gemini's calls get the signature that stands for somebody else's", () => {
  const functionCall = { name: "f", args: {} }
  const body = {
    contents: [
      { role: "user", parts: [{ text: "hi" }] },
      {
        role: "model",
        parts: [
          { text: "hm", thought: true, thoughtSignature: "sealed" },
          { text: "so", thoughtSignature: "sealed" },
          { functionCall, thoughtSignature: "sealed" },
        ],
      },
    ],
  }
  expect(left("gemini", body).contents).toEqual([
    body.contents[0],
    {
      role: "model",
      parts: [
        { text: "so" },
        { functionCall, thoughtSignature: "skip_thought_signature_validator" },
      ],
    },
  ])
})

test("chat completions lose the details of thoughts, responses the sealed items", () => {
  const said = { role: "assistant", content: "so", reasoning_content: "hm" }
  expect(
    left("openai", {
      messages: [
        {
          ...said,
          reasoning_details: [{ type: "reasoning.encrypted", data: "x" }],
          tool_calls: [{ id: "t", extra_content: { google: { thought_signature: "sealed" } } }],
        },
      ],
    }).messages,
  ).toEqual([{ ...said, tool_calls: [{ id: "t" }] }])
  const call = { type: "function_call", name: "f", arguments: "{}" }
  const open = { type: "reasoning", summary: [{ text: "hm" }] }
  expect(
    left("responses", { input: [{ type: "reasoning", encrypted_content: "x" }, open, call] }).input,
  ).toEqual([open, call])
})

test("a request that has to be translated loses the same", () => {
  const messages: ChatRequest["messages"] = [
    {
      role: "assistant",
      content: [],
      reasoning: [{ text: "hm", signature: "sealed" }, { text: "aloud" }],
      toolCalls: [{ id: "t", name: "f", arguments: "{}", signature: "sealed" }],
    },
  ]
  const plain = withoutSignatures({ model: "m", stream: false, messages })
  expect(plain.messages).toEqual([
    {
      role: "assistant",
      content: [],
      reasoning: [{ text: "aloud" }],
      toolCalls: [{ id: "t", name: "f", arguments: "{}" }],
    },
  ])
  expect(plain.model).toBe("m")
})
