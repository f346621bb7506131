import { expect, test } from "bun:test"
import { hello, startMock, tell, upstreamAt } from "../testing/index.ts"
import { baichuan } from "./index.ts"
import { mock } from "./mock.ts"
import { legacyMock } from "./mock-legacy.ts"

test("the first model has another name here, and another one in the first interface", async () => {
  await using up = await startMock(mock, { script: { chunks: ["a"] } })
  const request = { ...hello, model: "baichuan-53b", temperature: 2 }
  await tell(baichuan, request, upstreamAt(up.url, { key: "sk-mock" }))
  await tell(baichuan, request, upstreamAt(up.url, legacyMock.channel(up.url)))
  const [now, then] = up.requests
  expect(now).toMatchObject({
    path: "/v1/chat/completions",
    body: { model: "Baichuan2", temperature: 1 },
  })
  expect(then).toMatchObject({ path: "/v1/stream/chat", body: { model: "Baichuan2-53B" } })
})
