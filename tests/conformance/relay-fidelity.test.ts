import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type AnswerWith, faults, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { migrate, openDatabase } from "@nio/db"
import { freshSqlite } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const json = { "content-type": "application/json" }
const sse = { "content-type": "text/event-stream" }
const chunk = (fields: object) =>
  `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "m", ...fields })}\n\n`
const delta = (delta: object, finish_reason: string | null = null, index = 0) =>
  chunk({ choices: [{ index, delta, finish_reason }] })
const usage = chunk({
  choices: [],
  usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
})
const done = "data: [DONE]\n\n"

describe("what a caller of the same dialect gets is what the upstream said", () => {
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

  /** Asks a model of its own, answered by an upstream of its own. */
  async function exchange(answer: AnswerWith, body: object) {
    const upstream = await simulate(answer)
    const model = `m${++models}`
    await server.addChannel({ baseUrl: upstream.url, models: [model] })
    await server.setPrice({ models: [model] })
    const sent = JSON.stringify({ model, messages: [{ role: "user", content: "hi" }], ...body })
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        cookie: "a=b",
      },
      body: sent,
    })
    const text = await response.text()
    await upstream.close()
    return { response, text, sent, seen: upstream.requests, model }
  }

  test("unknown fields go up and come down, numbers as they were written", async () => {
    const body = `{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"hi","odd":1.10},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2},"new":{"b":1,"a":2}}`
    const { text, sent, seen } = await exchange(
      { headers: json, body },
      { temperature: 0, future: { x: 1 } },
    )
    expect(text).toBe(body)
    expect(seen[0]?.text).toBe(sent)
  })

  test("a stream passes byte by byte, comments and odd spacing included", async () => {
    const body = `: note\n\n${delta({ role: "assistant", content: "Grü" })}data:{"choices":[{"index":0,"delta":{"content":"ße"},"finish_reason":"stop"}],"odd":1.0}\n\n${usage}${done}`
    const options = { stream: true, stream_options: { include_usage: true } }
    const { text, response } = await exchange({ headers: sse, body, cutBytes: 3 }, options)
    expect(text).toBe(body)
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8")
    expect(response.headers.get("x-accel-buffering")).toBe("no")
  })

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

  test("a frame of more than a megabyte comes through whole", async () => {
    const body = delta({ content: "x".repeat(1_200_000) }) + delta({}, "stop") + done
    const { text } = await exchange({ headers: sse, body }, { stream: true })
    expect(text.length).toBe(body.length)
  })

  test("a stream that ends without its mark gets it, one that has it keeps one", async () => {
    const without = delta({ content: "hi" }) + delta({}, "stop")
    for (const body of [without, without + done]) {
      const { text } = await exchange({ headers: sse, body }, { stream: true })
      expect(text).toBe(without + done)
    }
  })

  test("a whole answer to a caller who wanted a stream becomes one", async () => {
    const body = JSON.stringify({
      id: "x",
      choices: [{ index: 0, message: { role: "assistant", content: "hi" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    })
    const { text } = await exchange({ headers: json, body }, { stream: true })
    expect(text).toContain('"delta":{"role":"assistant","content":"hi"}')
    expect(text.endsWith(done)).toBe(true)
  })

  test("a stream to a caller who wanted a whole answer becomes one", async () => {
    const body =
      delta({ role: "assistant", content: "h" }) +
      delta({ content: "i" }) +
      delta({}, "stop") +
      usage +
      done
    const { text } = await exchange({ headers: sse, body }, {})
    expect(JSON.parse(text)).toMatchObject({
      object: "chat.completion",
      choices: [{ message: { content: "hi" }, finish_reason: "stop" }],
      usage: { total_tokens: 9 },
    })
  })

  test("the upstream's headers stay behind, ours do not go up", async () => {
    const headers = {
      ...json,
      "set-cookie": "a=b",
      server: "secret",
      "openai-organization": "org-1",
      "x-request-id": "up-1",
    }
    const body = `{"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}`
    const { response, seen } = await exchange({ headers, body }, {})
    for (const name of ["set-cookie", "server", "openai-organization"])
      expect(response.headers.get(name)).toBeNull()
    expect(response.headers.get("x-upstream-request-id")).toBe("up-1")
    expect(response.headers.get("x-request-id")).not.toBe("up-1")
    expect(seen[0]?.headers.get("cookie")).toBeNull()
    expect(seen[0]?.headers.get("authorization")).toBe("Bearer sk-upstream-secret")
  })

  test("the upstream's own words for a caller's mistake come through, without key or address", async () => {
    const { response, text } = await exchange(
      (seen) => ({
        status: 400,
        headers: json,
        body: JSON.stringify({
          error: {
            message: `too long for sk-upstream-secret at ${seen.headers.get("host")}`,
            type: "invalid_request_error",
            param: "messages",
            code: "context_length_exceeded",
          },
        }),
      }),
      {},
    )
    expect(response.status).toBe(400)
    const { error } = JSON.parse(text)
    expect(error).toMatchObject({ param: "messages", code: "context_length_exceeded" })
    expect(text).not.toMatch(/sk-upstream-secret|127\.0\.0\.1/)
  })

  test("after the first words nobody else is asked, and the end is honest", async () => {
    const second = await simulate(scriptedOpenAi({ chunks: ["never"] }))
    const first = await simulate(faults.halfFrame)
    await server.addChannel({ baseUrl: first.url, models: ["torn"], priority: 2 })
    await server.addChannel({ baseUrl: second.url, models: ["torn"], priority: 1 })
    await server.setPrice({ models: ["torn"] })
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model: "torn",
        stream: true,
        messages: [{ role: "user", content: "hi" }],
      }),
    })
    const text = await response.text()
    expect(text).toContain('"error"')
    expect(text).not.toContain("never")
    expect(text.match(/\[DONE\]/g)).toHaveLength(1)
    expect(second.requests).toHaveLength(0)
    await first.close()
    await second.close()
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
