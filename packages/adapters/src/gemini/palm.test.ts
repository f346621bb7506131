import { expect, test } from "bun:test"
import type { ChatMessage } from "../spec/index.ts"
import { hello, simulate, tell, upstreamAt } from "../testing/index.ts"
import { gemini } from "./index.ts"

const says = (text: string) => [{ type: "text" as const, text }]

test("chat-bison is asked and answers in the words of PaLM", async () => {
  const candidates = [{ author: "1", content: "Grüße" }]
  await using up = await simulate({ body: JSON.stringify({ candidates }) })
  const messages: ChatMessage[] = [
    { role: "system", content: says("Be brief") },
    { role: "user", content: says("hi") },
    { role: "assistant", content: says("yes?") },
    { role: "user", content: says("a") },
    { role: "user", content: says("b") },
  ]
  const request = { ...hello, model: "chat-bison-001", messages, temperature: 1.5 }
  const { events } = await tell(gemini, request, upstreamAt(up.url))
  expect(events).toEqual([
    { type: "text", choice: 0, delta: "Grüße" },
    { type: "finish", choice: 0, reason: "stop" },
  ])
  expect(up.requests[0]?.path).toBe("/v1beta2/models/chat-bison-001:generateMessage")
  expect(up.requests[0]?.body).toEqual({
    prompt: {
      context: "Be brief",
      messages: [
        { author: "0", content: "hi" },
        { author: "1", content: "yes?" },
        { author: "0", content: "a\n\nb" },
      ],
    },
    temperature: 1,
  })
})

test("what PaLM filtered is a matter of the content", async () => {
  await using up = await simulate({ body: '{"filters":[{"reason":"SAFETY"}]}' })
  const { error } = await tell(gemini, { ...hello, model: "chat-bison-001" }, upstreamAt(up.url))
  expect(error).toMatchObject({ kind: "content-filter" })
})
