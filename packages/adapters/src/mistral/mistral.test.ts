import { expect, test } from "bun:test"
import { hello, scriptedOpenAi, simulate, tell, upstreamAt } from "../testing/index.ts"
import { mistral } from "./index.ts"

test("ids become nine characters, the same for a call and its result", async () => {
  await using up = await simulate(scriptedOpenAi({ chunks: ["a"] }))
  const request = {
    ...hello,
    seed: 7,
    user: "u",
    reasoningEffort: "medium" as const,
    messages: [
      ...hello.messages,
      {
        role: "assistant" as const,
        content: [],
        toolCalls: [
          { id: "call_long_id", name: "f", arguments: "{}" },
          { id: "abcDEF123", name: "g", arguments: "{}" },
        ],
      },
      { role: "tool" as const, callId: "call_long_id", content: [] },
    ],
  }
  // A request may come with its fields behind a prototype, as the router makes it.
  await tell(mistral, Object.create(request), upstreamAt(up.url))
  const { body } = up.requests[0]!
  const [, { tool_calls }, { tool_call_id }] = body.messages
  expect(tool_calls[0].id).toMatch(/^[a-zA-Z0-9]{9}$/)
  expect(tool_call_id).toBe(tool_calls[0].id)
  expect(tool_calls[1].id).toBe("abcDEF123")
  expect(body).toMatchObject({ random_seed: 7, reasoning_effort: "high" })
  expect(body).not.toContainAnyKeys(["seed", "user", "stream_options"])
})

test("fields Mistral refuses are left out of a caller's own body", async () => {
  await using up = await simulate(scriptedOpenAi({ chunks: ["a"] }))
  const text =
    '{"user":"u","model":"x","stream":true,"stream_options":{},"safe_prompt":true,"logprobs":true}'
  const native = { dialect: "openai" as const, text, body: JSON.parse(text) }
  await tell(mistral, { ...hello, native }, upstreamAt(up.url))
  expect(up.requests[0]!.text).toBe('{"model":"m","stream":true,"safe_prompt":true}')
})
