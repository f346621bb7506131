import { expect, test } from "bun:test"
import { hello, simulate, tell, upstreamAt } from "../testing/index.ts"
import { siliconflow } from "./index.ts"

test.each([
  [400, { code: 20_012, message: "Model does not exist.", data: null }, "model-missing"],
  [401, "Invalid token", "auth"],
  [403, { code: 30_001, message: "Sorry, your account balance is insufficient" }, "quota"],
  [429, { message: "Request was rejected due to rate limiting.", data: null }, "rate-limit"],
  [503, { code: 50_505, message: "Model service overloaded." }, "overloaded"],
] as const)("%i %j is a %s", async (status, body, kind) => {
  await using up = await simulate({ status, body: JSON.stringify(body) })
  const { error } = await tell(siliconflow, hello, upstreamAt(up.url))
  const message = typeof body === "string" ? body : body.message
  expect(error).toMatchObject({ kind, status, message })
})

test("a count in every frame is the last one's, and a line of text is a failure in words", async () => {
  const frame = (content: string, output: number, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({
      choices: [{ index: 0, delta: { content }, finish_reason }],
      usage: { prompt_tokens: 3, completion_tokens: output, total_tokens: 3 + output },
    })}\n\n`
  await using up = await simulate({
    body: [frame("a", 1), frame("b", 2, "stop"), "data: [DONE]\n\n"],
  })
  const { signs } = await tell(siliconflow, hello, upstreamAt(up.url))
  expect(signs.findLast(({ usage }) => usage)?.usage).toEqual({ input: 3, output: 2 })

  up.answerWith({ status: 404, body: "404 page not found" })
  const { error } = await tell(siliconflow, hello, upstreamAt(up.url))
  expect(error).toMatchObject({ kind: "model-missing", message: "404 page not found" })
})
