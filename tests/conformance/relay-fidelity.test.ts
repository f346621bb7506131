import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type AnswerWith, simulate } from "@nio/adapters/testing"
import { migrate, openDatabase } from "@nio/db"
import { freshSqlite } from "../support/databases.ts"
import { type Inbound, inbounds, type Question } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const json = { "content-type": "application/json" }
const sse = { "content-type": "text/event-stream" }
const chunk = (fields: object) =>
  `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "m", ...fields })}\n\n`
const delta = (delta: object, finish_reason: string | null = null, index = 0) =>
  chunk({ choices: [{ index, delta, finish_reason }] })
const done = "data: [DONE]\n\n"

const [openai] = inbounds as [Inbound, ...Inbound[]]

let server: TestServer
let key: string
let models = 0
let cleanUp: () => Promise<void>

beforeAll(async () => {
  const { options, remove } = await freshSqlite()
  const db = await openDatabase(options)
  await migrate(db)
  server = await startServer(db)
  key = (await server.addUser(1_000)).key
  cleanUp = async () => {
    await server.close()
    await db.close()
    await remove()
  }
})
afterAll(() => cleanUp())

/** Asks a model of its own, answered by an upstream of its own that speaks the same. */
async function exchange(
  answer: AnswerWith,
  question: Question,
  { provider, path, auth, body }: Inbound = openai,
) {
  const upstream = await simulate(answer)
  const model = `m${++models}`
  await server.addChannel({
    baseUrl: upstream.url,
    provider,
    models: [model],
    mapping: question.model === "alias" ? [`${model}>real`] : [],
  })
  await server.setPrice({ models: [model] })
  const asked = { ...question, model }
  const sent = JSON.stringify(body(asked))
  const response = await fetch(`${server.url}${path(asked)}`, {
    method: "POST",
    headers: { ...auth(key), "content-type": "application/json", cookie: "a=b" },
    body: sent,
  })
  const text = await response.text()
  await upstream.close()
  return { response, text, sent, seen: upstream.requests, model }
}

for (const inbound of inbounds) {
  const { upstream: says } = inbound
  const whole = { headers: json, body: says.whole("hi") }
  const stream = says.start + says.delta("Grü") + says.delta("ße") + says.usage() + says.end

  describe(`a caller of ${inbound.name} gets what an upstream that speaks the same said`, () => {
    const ask = (answer: AnswerWith, question: Question = {}) => exchange(answer, question, inbound)
    /** OpenAI tells a stream's usage only to those who ask. */
    const streamed = {
      stream: true,
      ...(inbound === openai && { stream_options: { include_usage: true } }),
    }

    test("unknown fields go up and come down, numbers as they were written", async () => {
      const { text, sent, seen } = await ask(whole, { future: { x: 1 } })
      expect(text).toBe(whole.body)
      expect(seen[0]?.text).toBe(sent)
    })

    test("a stream passes byte by byte, comments and odd spacing included", async () => {
      const { text, response } = await ask({ headers: sse, body: stream, cutBytes: 3 }, streamed)
      expect(text).toBe(stream)
      expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8")
      expect(response.headers.get("x-accel-buffering")).toBe("no")
    })

    test("a frame of more than a megabyte comes through whole", async () => {
      const body = says.start + says.delta("x".repeat(1_200_000)) + says.usage() + says.end
      const { text } = await ask({ headers: sse, body }, streamed)
      expect(text === body).toBe(true)
    })

    test("a whole answer to a caller who wanted a stream becomes one", async () => {
      const { text } = await ask(whole, { stream: true })
      expect(text).toMatch(/"(content|text)":"hi"/)
      expect(text.endsWith(inbound.lastWords)).toBe(true)
    })

    test("a stream to a caller who wanted a whole answer becomes one", async () => {
      const { text } = await ask({ headers: sse, body: stream })
      expect(inbound.textOf(JSON.parse(text))).toBe("Grüße")
      expect(text).toMatch(/"(completion_tokens|output_tokens|candidatesTokenCount)":2/)
    })

    test("a mapped model goes up by its own name and comes down by the caller's", async () => {
      const told = await ask({ headers: sse, body: stream }, { ...streamed, model: "alias" })
      expect(told.seen[0]!.path + told.seen[0]!.text).toContain("real")
      expect(told.text).toBe(stream.replaceAll('"real"', `"${told.model}"`))
      const once = await ask(whole, { model: "alias" })
      expect(once.text).toBe(whole.body.replaceAll('"real"', `"${once.model}"`))
    })

    test("an upstream that stops in the middle: the words so far, and an honest end (F8)", async () => {
      const body = says.start + says.delta("half") + says.delta("lost").slice(0, 30)
      const { text, response } = await ask({ headers: sse, body }, { stream: true })
      expect(response.status).toBe(200)
      expect(text).toContain("half")
      expect(text).not.toContain("lost")
      expect(text).toMatch(inbound.brokenWords)
    })

    test("words that look like frames stay words (F5)", async () => {
      const trap = '\n\ndata: [DONE]\n\nevent: error\ndata: {"error":1}\r\n\r\n'
      const body = says.start + says.delta(trap) + says.usage() + says.end
      expect((await ask({ headers: sse, body }, streamed)).text).toBe(body)
      const other = await ask({ headers: sse, body })
      expect(inbound.textOf(JSON.parse(other.text))).toBe(trap)
    })

    test("the upstream's headers stay behind, ours do not go up (F10)", async () => {
      const headers = {
        ...json,
        "set-cookie": "a=b",
        server: "secret",
        "openai-organization": "org-1",
        "x-request-id": "up-1",
      }
      const { response, seen } = await ask({ headers, body: whole.body })
      for (const name of ["set-cookie", "server", "openai-organization"])
        expect(response.headers.get(name)).toBeNull()
      expect(response.headers.get("x-upstream-request-id")).toBe("up-1")
      expect(response.headers.get("x-request-id")).not.toBe("up-1")
      expect(seen[0]?.headers.get("cookie")).toBeNull()
      expect([...seen[0]!.headers.values()].join()).not.toContain(key)
      expect([...seen[0]!.headers.values()].join()).toContain("sk-upstream-secret")
    })

    test("the upstream's own words for a caller's mistake come through, without key or address", async () => {
      const { response, text } = await ask((seen) => ({
        status: 400,
        headers: json,
        body: says.error(`too long for sk-upstream-secret at ${seen.headers.get("host")}`, 400),
      }))
      expect(response.status).toBe(400)
      expect(inbound.errorType(JSON.parse(text))).toMatch(
        /^invalid_request_error$|^INVALID_ARGUMENT$/,
      )
      expect(text).toContain("too long")
      expect(text).not.toMatch(/sk-upstream-secret|127\.0\.0\.1/)
    })

    test("after the first words nobody else is asked", async () => {
      const second = await simulate({ headers: sse, body: stream.replace("Grü", "never") })
      const torn = { headers: sse, body: `${says.start}${says.delta("half")}data: {` }
      const first = await simulate(torn)
      const { provider } = inbound
      const name = `torn-${inbound.id}`
      await server.addChannel({ baseUrl: first.url, provider, models: [name], priority: 2 })
      await server.addChannel({ baseUrl: second.url, provider, models: [name], priority: 1 })
      await server.setPrice({ models: [name] })
      const question = { model: name, stream: true }
      const response = await fetch(`${server.url}${inbound.path(question)}`, {
        method: "POST",
        headers: inbound.auth(key),
        body: JSON.stringify(inbound.body(question)),
      })
      expect(await response.text()).toMatch(inbound.brokenWords)
      expect(second.requests).toHaveLength(0)
      await first.close()
      await second.close()
    })
  })
}

describe("what only OpenAI has", () => {
  test("two choices and logprobs keep their places", async () => {
    const body =
      delta({ role: "assistant", content: "a" }, null, 0) +
      delta({ role: "assistant", content: "b" }, null, 1) +
      chunk({
        choices: [{ index: 0, delta: {}, logprobs: { content: [] }, finish_reason: "stop" }],
      }) +
      delta({}, "length", 1) +
      done
    const { text, seen } = await exchange(
      { headers: sse, body },
      { stream: true, n: 2, logprobs: true },
    )
    expect(text).toBe(body)
    expect(seen[0]?.body).toMatchObject({
      n: 2,
      logprobs: true,
      stream_options: { include_usage: true },
    })
  })

  test("a stream that ends without its mark gets it, one that has it keeps one", async () => {
    const without = delta({ content: "hi" }) + delta({}, "stop")
    for (const body of [without, without + done]) {
      const { text } = await exchange({ headers: sse, body }, { stream: true })
      expect(text).toBe(without + done)
    }
  })

  test("legacy functions go up as they came", async () => {
    const call = { id: "c1", type: "function", function: { name: "look", arguments: "{}" } }
    const body =
      delta({ role: "assistant", tool_calls: [{ index: 0, ...call }] }) +
      delta({}, "tool_calls") +
      done
    const { seen } = await exchange(
      { headers: sse, body },
      { functions: [{ name: "look" }], stream: true },
    )
    expect(seen[0]?.body.functions).toEqual([{ name: "look" }])
  })
})
