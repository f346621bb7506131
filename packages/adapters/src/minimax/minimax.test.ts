import { expect, test } from "bun:test"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { minimax } from "./index.ts"
import { mock } from "./mock.ts"

const numbered = (status_code: number, status_msg: string) => ({
  base_resp: { status_code, status_msg },
})

test.each([
  [1_002, "rate-limit"],
  [1_004, "auth"],
  [1_008, "quota"],
  [1_027, "content-filter"],
  [1_039, "rate-limit"],
  [2_013, "invalid-request"],
] as const)("%i is a %s, before an answer and in the middle of one", async (code, kind) => {
  const failure = numbered(code, "no")
  const said = { choices: [{ index: 0, delta: { content: "a" } }], ...numbered(0, "") }
  await using up = await simulate({ body: JSON.stringify(failure) })
  expect((await tell(minimax, hello, upstreamAt(up.url))).error).toMatchObject({
    kind,
    message: "no",
  })

  up.answerWith({ body: [said, failure].map((frame) => `data: ${JSON.stringify(frame)}\n\n`) })
  const { events, error } = await tell(minimax, hello, upstreamAt(up.url))
  expect(events).toEqual([{ type: "text", choice: 0, delta: "a" }])
  expect(error).toMatchObject({ kind, code: String(code) })
})

test("an unknown model is another channel's", async () => {
  await using up = await simulate({ body: JSON.stringify(numbered(2_013, "unknown model 'x'")) })
  expect((await tell(minimax, hello, upstreamAt(up.url))).error).toMatchObject({
    kind: "model-missing",
  })
})

test("thoughts are asked for apart, and read so; zero is not cold enough", async () => {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  await tell(minimax, { ...hello, temperature: 0 }, upstreamAt(up.url, { key: "sk-mock" }))
  expect(up.requests[0]!.body).toMatchObject({ reasoning_split: true, temperature: 0.01 })

  const delta = { reasoning_details: [{ type: "reasoning.text", text: "hm" }] }
  up.answerWith({
    body: [{ delta }, { delta: {}, finish_reason: "stop" }].map(
      (choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`,
    ),
  })
  const { events } = await tell(minimax, hello, upstreamAt(up.url))
  expect(events[0]).toEqual({ type: "reasoning", choice: 0, delta: "hm" })
})
