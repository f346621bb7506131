import { expect, test } from "bun:test"
import { faults, scriptedAnthropic, scriptedGemini, scriptedOpenAi, simulate } from "./index.ts"

const post = (url: string, body: unknown, signal?: AbortSignal) =>
  fetch(url, { method: "POST", body: JSON.stringify(body), ...(signal && { signal }) })

test("a scripted upstream streams when asked to, and answers whole when not", async () => {
  await using up = await simulate(scriptedOpenAi({ chunks: ["Hel", "lo"] }))
  const stream = await post(`${up.url}/v1/chat/completions`, {
    model: "m",
    stream: true,
    stream_options: { include_usage: true },
  }).then((response) => response.text())
  expect(stream.match(/^data: /gm)).toHaveLength(5)
  expect(stream).toEndWith("data: [DONE]\n\n")

  const whole = await post(`${up.url}/v1/chat/completions`, { model: "m" }).then((r) => r.json())
  expect(whole).toMatchObject({ model: "m", choices: [{ message: { content: "Hello" } }] })
  expect(up.requests.map(({ body }) => body.model)).toEqual(["m", "m"])
})

test.each([
  ["anthropic", scriptedAnthropic, "/v1/messages", { stream: true }],
  ["gemini", scriptedGemini, "/v1beta/models/m:streamGenerateContent?alt=sse", {}],
] as const)("a scripted %s streams in its own words", async (_, scripted, path, body) => {
  const script = { chunks: ["Hel", "lo"], toolCalls: [{ id: "c", name: "f", arguments: "{}" }] }
  await using up = await simulate(scripted(script))
  const text = await post(up.url + path, body).then((response) => response.text())
  expect(text).toContain("Hel")
})

test("a caller who hangs up is noticed", async () => {
  await using up = await simulate(faults.silence)
  const abort = new AbortController()
  const response = await post(up.url, {}, abort.signal)
  await response.body!.getReader().read()
  abort.abort()
  await Bun.sleep(50)
  expect(up.requests[0]!.cancelled).toBe(true)
})

test("a reset connection is an error on the other side", async () => {
  await using up = await simulate(faults.reset)
  expect(post(up.url, {}).then((response) => response.text())).rejects.toThrow()
})
