import { expect, test } from "bun:test"
import { hello, startMock, tell, upstreamAt } from "../testing/index.ts"
import { slack } from "./index.ts"
import { mock } from "./mock.ts"
import { createThreadReader } from "./thread.ts"

test("a channel that is missing is made, and the bot asked in it", async () => {
  await using up = await startMock(mock, { script: { chunks: ["Grüße ", "aus Slack"] } })
  const { baseUrl, key } = mock.channel(up.url)
  const { events } = await tell(slack, hello, upstreamAt(baseUrl, { key }))
  const text = events.map((event) => (event.type === "text" ? event.delta : "")).join("")
  expect(text).toBe("Grüße aus Slack")
  expect(up.requests.map(({ path }) => path.split("?")[0]?.slice("/api/".length))).toEqual([
    "conversations.list",
    "conversations.create",
    "conversations.invite",
    "chat.postMessage",
    "conversations.replies",
    "conversations.replies",
  ])
  expect(up.requests[3]?.body).toEqual({ channel: "C1", text: "<@U0MOCK>\nhi" })
})

test("only what is new of a reply is told, and a refusal is one", () => {
  const read = createThreadReader("B", "1")
  const thread = (text: string, event_type = "") =>
    read({
      ok: true,
      messages: [
        { ts: "1", text: "?" },
        { ts: "2", user: "B", text, metadata: { event_type } },
      ],
    })
  expect(thread("_Typing…_")).toEqual({ events: [], ended: false })
  expect(thread("Hel\n\n_Typing…_").events).toMatchObject([{ delta: "Hel" }])
  expect(thread("Hello")).toMatchObject({
    events: [{ delta: "lo" }, { type: "finish" }],
    ended: true,
  })
  expect(thread("No.", "claude_moderation").failure).toMatchObject({ code: "claude_moderation" })
})
