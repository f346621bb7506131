import { expect, test } from "bun:test"
import type { ChatMessage } from "../spec/index.ts"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { dify } from "./index.ts"
import { mock } from "./mock.ts"

const says = (text: string) => [{ type: "text" as const, text }]

test("the whole conversation is one question, always streamed", async () => {
  await using up = await startMock(mock, { script: { chunks: ["ok"] } })
  const { baseUrl, key } = mock.channel(up.url)
  const messages: ChatMessage[] = [
    { role: "system", content: says("Be brief") },
    { role: "user", content: says("hi") },
    { role: "assistant", content: says("yes?") },
    { role: "user", content: [...says("this"), { type: "image", url: "https://a.test/x.png" }] },
  ]
  await tell(dify, { ...hello, stream: false, user: "u", messages }, upstreamAt(baseUrl, { key }))
  expect(up.requests[0]?.body).toEqual({
    inputs: {},
    query: "system: Be brief\n\nuser: hi\n\nassistant: yes?\n\nuser: this",
    response_mode: "streaming",
    conversation_id: "",
    user: "u",
    files: [{ type: "image", transfer_method: "remote_url", url: "https://a.test/x.png" }],
    auto_generate_name: false,
  })
})

test("pictures are told by address, and an answer that is taken back is refused", async () => {
  const frame = (event: string, fields: object) =>
    `data: ${JSON.stringify({ event, ...fields })}\n\n`
  await using up = await simulate({
    headers: { "content-type": "text/event-stream" },
    body: [
      frame("message_file", { type: "image", url: "https://a.test/y.png" }),
      frame("message_replace", { answer: "I may not say that." }),
    ],
  })
  const { events, error } = await tell(dify, hello, upstreamAt(up.url))
  expect(events).toMatchObject([{ delta: "\n![image](https://a.test/y.png)\n" }])
  expect(error).toMatchObject({ kind: "content-filter", message: "I may not say that." })
})

test("a picture in the message is handed over first", async () => {
  await using up = await startMock(mock, { script: { chunks: ["ok"] } })
  const { baseUrl, key } = mock.channel(up.url)
  const picture = { type: "image" as const, url: "data:image/png;base64,iVBO" }
  const messages: ChatMessage[] = [{ role: "user", content: [...says("this"), picture, picture] }]
  const { error } = await tell(dify, { ...hello, messages }, upstreamAt(baseUrl, { key }))
  expect(error).toBeUndefined()
  const [upload, question, ...more] = up.requests
  expect(upload?.text).toContain('filename="picture.png"')
  expect(upload?.text).toContain('name="user"')
  const file = { type: "image", transfer_method: "local_file", upload_file_id: "file-1" }
  expect(question?.body).toMatchObject({ query: "this", files: [file, file] })
  expect(more).toEqual([])
})

test("what an application cannot be asked is refused before it is asked", async () => {
  const upstream = upstreamAt("http://127.0.0.1:1")
  const tools = await tell(dify, { ...hello, tools: [{ name: "f" }] }, upstream)
  expect(tools.error).toMatchObject({ kind: "invalid-request", param: "tools" })
  const several = await tell(dify, { ...hello, choices: 2 }, upstream)
  expect(several.error).toMatchObject({ kind: "invalid-request", param: "n" })
})
