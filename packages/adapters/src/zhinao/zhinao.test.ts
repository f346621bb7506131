import { expect, test } from "bun:test"
import { hello, startMock, tell, upstreamAt } from "../testing/index.ts"
import { zhinao } from "./index.ts"
import { mock } from "./mock.ts"

test("the first model has another name here, and limits of its own, in whatever words", async () => {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const text =
    '{"model":"360-gpt-v9","messages":[{"role":"user","content":"hi"}],"max_tokens":9000}'
  const native = { dialect: "openai" as const, text, body: JSON.parse(text) }
  const request = { ...hello, model: "360-gpt-v9", maxTokens: 9_000, temperature: 1.5 }
  for (const own of [request, { ...request, native }]) {
    const { error } = await tell(zhinao, own, upstreamAt(up.url, { key: "sk-mock" }))
    expect(error).toBeUndefined()
    expect(up.requests.at(-1)!.body).toMatchObject({
      model: "360GPT_S2_V9",
      max_tokens: 2_048,
      temperature: 1,
    })
  }
})
