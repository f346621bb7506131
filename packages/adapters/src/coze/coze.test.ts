import { expect, test } from "bun:test"
import type { ChatMessage } from "../spec/index.ts"
import { hello, startMock, tell, upstreamAt } from "../testing/index.ts"
import { coze } from "./index.ts"
import { mock } from "./mock.ts"

const says = (text: string) => [{ type: "text" as const, text }]

test("the model is the bot, pictures go by address, and only the answer's pieces are told", async () => {
  await using up = await startMock(mock, { script: { chunks: ["Grü", "ße"] } })
  const { baseUrl, key } = mock.channel(up.url)
  const messages: ChatMessage[] = [
    { role: "assistant", content: says("?") },
    { role: "user", content: [...says("this"), { type: "image", url: "https://a.test/x.png" }] },
  ]
  const request = { ...hello, model: "7380000000000000001", user: "u", messages }
  const { events, signs } = await tell(coze, request, upstreamAt(baseUrl, { key }))
  const usage = { input: 7, output: 2 }
  expect(events).toEqual([
    { type: "text", choice: 0, delta: "Grü" },
    { type: "text", choice: 0, delta: "ße" },
    { type: "finish", choice: 0, reason: "stop" },
    { type: "usage", usage },
  ])
  expect(signs.at(-1)).toEqual({ usage, finish: "stop" })
  expect(up.requests[0]?.body).toEqual({
    bot_id: "7380000000000000001",
    user_id: "u",
    stream: true,
    auto_save_history: false,
    additional_messages: [
      { role: "assistant", type: "answer", content: "?", content_type: "text" },
      {
        role: "user",
        type: "question",
        content:
          '[{"type":"text","text":"this"},{"type":"image","file_url":"https://a.test/x.png"}]',
        content_type: "object_string",
      },
    ],
  })
})

test("a picture in the message is handed over first", async () => {
  await using up = await startMock(mock, { script: { chunks: ["ok"] } })
  const { baseUrl, key } = mock.channel(up.url)
  const picture = { type: "image" as const, url: "data:image/png;base64,iVBO" }
  const messages: ChatMessage[] = [{ role: "user", content: [...says("this"), picture] }]
  const request = { ...hello, model: "73", messages }
  const { error } = await tell(coze, request, upstreamAt(baseUrl, { key }))
  expect(error).toBeUndefined()
  expect(up.requests[0]?.path).toBe("/v1/files/upload")
  expect(up.requests[1]?.body.additional_messages[0].content).toBe(
    '[{"type":"text","text":"this"},{"type":"image","file_id":"file-1"}]',
  )
})
