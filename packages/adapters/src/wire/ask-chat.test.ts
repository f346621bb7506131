import { afterAll, beforeAll, expect, test } from "bun:test"
import { openai } from "../openai/index.ts"
import type { UpstreamError } from "../spec/index.ts"
import {
  cutFetch,
  faults,
  hello,
  type SimulatedUpstream,
  scriptedOpenAi,
  simulate,
  slowly,
  tell,
  upstreamAt,
} from "../testing/index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const sse = { "content-type": "text/event-stream" }
const impatient = { firstByteMs: 400, idleMs: 400, totalMs: 5_000 }
const frame = (delta: object, rest: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`
const finish = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n`

test.each([
  ["html", "bad-response", undefined],
  ["html502", "overloaded", 502],
  ["okWithError", "overloaded", undefined],
  ["okWithErrorFrame", "overloaded", undefined],
  ["halfFrame", "bad-response", undefined],
  ["reset", "network", undefined],
  ["silence", "timeout", undefined],
  ["mute", "timeout", undefined],
  ["empty", "bad-response", undefined],
  ["redirect", "bad-response", 302],
  ["rateLimited", "rate-limit", 429],
  ["unauthorized", "auth", 401],
  ["overloaded", "overloaded", 503],
] as const)("an upstream that answers with %s is a %s", async (fault, kind, status) => {
  up.answerWith(faults[fault])
  const { error } = await tell(openai, hello, upstreamAt(up.url, { timeouts: impatient }))
  expect(error).toMatchObject({ name: "UpstreamError", kind, status })
  expect((error as Error).message).not.toMatch(/[<>]|127\.0\.0\.1/)
})

test("how long to stay away is told in milliseconds", async () => {
  up.answerWith(faults.rateLimited)
  const { error } = await tell(openai, hello, upstreamAt(up.url))
  expect(error).toMatchObject({ retryAfterMs: 7_000, code: "rate_limit_exceeded" })
})

test("nobody listens: a network error that does not name the address", async () => {
  const { error } = await tell(openai, hello, upstreamAt("http://127.0.0.1:1"))
  expect(error).toMatchObject({ kind: "network" })
  expect((error as Error).message).not.toContain("127.0.0.1")
})

test("a redirect is not followed", async () => {
  await using elsewhere = await simulate(scriptedOpenAi({ chunks: ["stolen"] }))
  up.answerWith({ status: 307, headers: { location: elsewhere.url } })
  const { error } = await tell(openai, hello, upstreamAt(up.url))
  expect(error).toMatchObject({ kind: "bad-response", status: 307 })
  expect(elsewhere.requests).toEqual([])
})

test("whole frames before a break are handed out", async () => {
  up.answerWith({
    headers: sse,
    body: [frame({ content: "a" }), frame({ content: "b" }).slice(0, 9)],
  })
  const { events, error } = await tell(openai, hello, upstreamAt(up.url))
  expect(events).toEqual([{ type: "text", choice: 0, delta: "a" }])
  expect(error).toMatchObject({ kind: "bad-response" })
})

test("frames before a failure in the same read are handed out, and none after it", async () => {
  const failure = `data: {"error":{"message":"gone","code":502}}\n\n`
  const body = frame({ content: "a" }) + failure + frame({ content: "b" })
  up.answerWith({ headers: sse, body })
  const { bytes, error } = await tell(openai, hello, upstreamAt(up.url))
  expect(bytes).toBe(frame({ content: "a" }))
  expect(error).toMatchObject({ kind: "overloaded", message: "gone" })
})

test("an end without a last word is honest when the answer had finished", async () => {
  up.answerWith({ headers: sse, body: frame({ content: "a" }) + finish.trimEnd() })
  const { events, error } = await tell(openai, hello, upstreamAt(up.url))
  expect(error).toBeUndefined()
  expect(events.at(-1)).toEqual({ type: "finish", choice: 0, reason: "stop" })
})

test("an upstream that does not close after its last word does not keep us waiting", async () => {
  up.answerWith({ headers: sse, body: `${frame({ content: "a" })}data: [DONE]\n\n`, end: "hang" })
  const { error } = await tell(openai, hello, upstreamAt(up.url, { timeouts: impatient }))
  expect(error).toBeUndefined()
})

test("one document in answer to a wish for a stream is one batch", async () => {
  const document = `{"choices":[{"index":0,"message":{"content":"a"},"finish_reason":"stop"}]}`
  up.answerWith({ headers: sse, body: document })
  const answer = await openai.chat(hello, upstreamAt(up.url))
  expect(answer.stream).toBe(false)
  expect((await answer.next())?.events[0]).toEqual({ type: "text", choice: 0, delta: "a" })
  expect(await answer.next()).toBeUndefined()
})

test.each(["", "   ", '{"choices":[{"mess', "nonsense"])("%j is no document", async (body) => {
  up.answerWith({ headers: { "content-type": "application/json" }, body })
  const { error } = await tell(openai, { ...hello, stream: false }, upstreamAt(up.url))
  expect(error).toMatchObject({ kind: "bad-response" })
})

test("comments count as life, silence does not", async () => {
  const comments = Array.from({ length: 6 }, () => ": wait\n\n")
  const body = [...comments, frame({ content: "a" }), finish]
  up.answerWith({ headers: sse, body, pauseMs: 100 })
  const alive = await tell(openai, hello, upstreamAt(up.url, { timeouts: impatient }))
  expect(alive.error).toBeUndefined()

  up.answerWith({ headers: sse, body, pauseMs: 900 })
  const silent = await tell(openai, hello, upstreamAt(up.url, { timeouts: impatient }))
  expect(silent.error).toMatchObject({ kind: "timeout" })
})

test("the first byte may take longer than the others, and the whole has a limit", async () => {
  const answer = { headers: sse, body: frame({ content: "a" }) + finish }
  up.answerWith(slowly(answer, 150))
  const timeouts = { firstByteMs: 1_000, idleMs: 50, totalMs: 5_000 }
  expect((await tell(openai, hello, upstreamAt(up.url, { timeouts }))).error).toBeUndefined()

  up.answerWith({ headers: sse, body: Array.from({ length: 50 }, () => ": wait\n\n"), pauseMs: 20 })
  const whole = await tell(
    openai,
    hello,
    upstreamAt(up.url, { timeouts: { firstByteMs: 500, idleMs: 500, totalMs: 150 } }),
  )
  expect(whole.error).toMatchObject({ kind: "timeout" })
})

test("a slow reader is not mistaken for a silent upstream", async () => {
  const body = [frame({ content: "a" }), frame({ content: "b" }), finish]
  up.answerWith({ headers: sse, body, pauseMs: 5 })
  const answer = await openai.chat(hello, upstreamAt(up.url, { timeouts: impatient }))
  await answer.next()
  await Bun.sleep(200)
  for (let batch = await answer.next(); batch; batch = await answer.next()) void batch
})

test("whoever gives up gets their own reason back, before and during the answer", async () => {
  const reason = new Error("enough")
  for (const transcript of [slowly(faults.silence, 1_000), faults.silence]) {
    up.answerWith(transcript)
    const abort = new AbortController()
    setTimeout(() => abort.abort(reason), 40)
    const { error } = await tell(openai, hello, upstreamAt(up.url, { signal: abort.signal }))
    expect(error).toBe(reason)
  }
  const { error } = await tell(
    openai,
    hello,
    upstreamAt(up.url, { signal: AbortSignal.abort(reason) }),
  )
  expect(error).toBe(reason)
})

test("closing lets go of the upstream at once and may be repeated", async () => {
  up.answerWith(faults.silence)
  const answer = await openai.chat(hello, upstreamAt(up.url))
  await answer.next()
  answer.close()
  answer.close()
  expect(await answer.next()).toBeUndefined()
  await Bun.sleep(30)
  expect(up.requests.at(-1)!.cancelled).toBe(true)
})

test("a key or an address in an error never comes out", async () => {
  const key = "sk-test-secret"
  const message = `bad key ${key} (${btoa(key)}) at ${up.url}/v1, ask ${new URL(up.url).host}`
  for (const status of [400, 401, 500]) {
    up.answerWith({ status, body: JSON.stringify({ error: { message, code: key, type: up.url } }) })
    const error = (await tell(openai, hello, upstreamAt(up.url, { key }))).error as UpstreamError
    const shown = JSON.stringify([error.message, error.code, error.type, String(error.cause)])
    expect(shown).not.toMatch(/secret|127\.0\.0\.1/)
    expect(error.message).toContain("channel://7")
  }
})

test("an endless error page is read only a little way", async () => {
  up.answerWith({ status: 500, body: Array.from({ length: 300 }, () => "x".repeat(10_000)) })
  const { error } = await tell(openai, hello, upstreamAt(up.url))
  expect((error as Error).message.length).toBeLessThan(1_100)
})

test("events asked for late, out of order or twice are the same", async () => {
  const chunks = ["a", "b", "c", "d"]
  up.answerWith(scriptedOpenAi({ chunks, toolCalls: [{ id: "c", name: "f", arguments: "{}" }] }))
  const answer = await openai.chat(hello, upstreamAt(up.url, { fetch: cutFetch(50) }))
  const batches = []
  for (let batch = await answer.next(); batch; batch = await answer.next()) batches.push(batch)
  const last = batches.at(-2)!.events
  expect(batches.at(-2)!.events).toBe(last)
  const text = batches.flatMap(({ events }) => events).filter(({ type }) => type === "text")
  expect(text.map((event) => "delta" in event && event.delta)).toEqual(chunks)
})

test("a frame that is no JSON is found out by whoever reads, at the next step", async () => {
  up.answerWith({ headers: sse, body: ["data: nonsense\n\n", frame({ content: "a" }), finish] })
  const { error } = await tell(openai, hello, upstreamAt(up.url, { fetch: cutFetch(20) }))
  expect(error).toMatchObject({ kind: "bad-response" })
})
