import { expect, test } from "bun:test"
import { hello, simulate, startMock, tell, upstreamAt } from "../testing/index.ts"
import { qianfan } from "./index.ts"
import { wenxinMock } from "./mock-wenxin.ts"

const key = "mock-client|mock-secret"

test("a key is exchanged once, and the token never comes out", async () => {
  await using up = await startMock(wenxinMock, { script: { chunks: ["a"] } })
  const request = { ...hello, model: "ERNIE-4.0-8K" }
  for (let asked = 0; asked < 2; asked += 1)
    expect((await tell(qianfan, request, upstreamAt(up.url, { key }))).error).toBeUndefined()
  const paths = up.requests.map(({ path }) => path.split("?")[0])
  const chat = "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/completions_pro"
  expect(paths).toEqual(["/oauth/2.0/token", chat, chat])

  up.answerWith({ status: 500, body: `no ${up.url}${up.requests[1]!.path}` })
  const { error } = await tell(qianfan, request, upstreamAt(up.url, { key }))
  expect(error).toMatchObject({ kind: "overloaded" })
  expect(String(error)).not.toMatch(/mock-token|127\.0\.0\.1/)
})

test("a token that is refused is asked for anew", async () => {
  await using up = await startMock(wenxinMock)
  await tell(qianfan, hello, upstreamAt(up.url, { key }))
  up.answerWith({ body: JSON.stringify({ error_code: 111, error_msg: "Access token expired" }) })
  expect((await tell(qianfan, hello, upstreamAt(up.url, { key }))).error).toMatchObject({
    kind: "auth",
  })
  await tell(qianfan, hello, upstreamAt(up.url, { key }))
  expect(up.requests.filter(({ path }) => path.startsWith("/oauth/"))).toHaveLength(2)
})

test("the system's words stand apart, and thoughts come with a call", async () => {
  await using up = await startMock(wenxinMock, { script: { chunks: ["a"] } })
  const system = { role: "system" as const, content: [{ type: "text" as const, text: "S" }] }
  const request = { ...hello, messages: [system, ...hello.messages], temperature: 0 }
  await tell(qianfan, request, upstreamAt(up.url, { key }))
  expect(up.requests.at(-1)!.body).toMatchObject({
    system: "S",
    messages: [{ role: "user", content: "hi" }],
    temperature: 0.01,
  })
  const function_call = { name: "f", thoughts: "hm", arguments: "{}" }
  const usage = { prompt_tokens: 3, completion_tokens: 2 }
  const frame = { is_end: true, result: "", function_call, finish_reason: "function_call", usage }
  await using told = await simulate(({ path }) => ({
    body: path.startsWith("/oauth/")
      ? '{"access_token":"t"}'
      : `data: ${JSON.stringify(frame)}\n\n`,
  }))
  const { events } = await tell(qianfan, hello, upstreamAt(told.url, { key }))
  expect(events).toMatchObject([
    { type: "reasoning", delta: "hm" },
    { type: "tool-call", name: "f", argumentsDelta: "{}" },
    { type: "finish", reason: "tool-calls" },
    { type: "usage" },
  ])
})
