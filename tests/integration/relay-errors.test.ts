import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import {
  type SeenRequest,
  type SimulatedUpstream,
  scriptedOpenAi,
  simulate,
  slowly,
  type Transcript,
} from "@nio/adapters/testing"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const secret = "sk-upstream-0123456789"
const well = scriptedOpenAi({ chunks: ["Hi"] })

const says = (
  status: number,
  error: Record<string, unknown>,
  headers: Record<string, string> = {},
): Transcript => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify({ error: { message: "no", type: "error", ...error } }),
})

eachDatabase("what a caller is told", (open, engine) => {
  if (engine === "mysql") return
  let server: TestServer
  let upstream: SimulatedUpstream
  let channelId: string
  let key: string

  beforeAll(async () => {
    upstream = await simulate(well)
    server = await startServer((await open()).db)
    channelId = await server.addChannel({
      baseUrl: upstream.url,
      secrets: [secret],
      firstByteSeconds: 1,
    })
    await server.setPrice({ models: ["m"] })
    key = (await server.addUser(1_000)).key
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const ask = async (body: object = {}, headers: Record<string, string> = {}) => {
    server.deps.health.restore({ channelId })
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }], ...body }),
    })
    const { headers: said, status } = answer
    const text = await answer.text()
    return { status, said, text, error: status === 200 ? undefined : JSON.parse(text).error }
  }

  describe("when the upstream has something against us, that is not the caller's to know", () => {
    test.each<[string, Transcript]>([
      ["401", says(401, { code: "invalid_api_key" })],
      ["402", says(402, {})],
      ["403", says(403, {})],
      ["404", says(404, { code: "model_not_found" })],
      ["429, no credit", says(429, { code: "insufficient_quota" })],
      ["500", says(500, {})],
      ["502", says(502, {})],
      ["529", says(529, {})],
    ])("%s", async (_, transcript) => {
      upstream.answerWith(transcript)
      for (const stream of [false, true]) {
        const { status, error } = await ask({ stream })
        expect(status).toBe(503)
        expect(error.type).toBe("server_error")
        expect(["upstream.unavailable", "upstream.busy"]).toContain(error.code)
        expect(error.message).toContain("use another model")
      }
    })
  })

  test("a limit comes with the time to come again", async () => {
    upstream.answerWith(says(429, { code: "rate_limit_exceeded" }, { "retry-after": "42" }))
    const { status, said, error } = await ask()
    expect([status, error.code]).toEqual([503, "upstream.busy"])
    expect(Number(said.get("retry-after"))).toBeWithin(41, 43)
    expect(error.message).toMatch(/Try again in 4[12] s/)
  })

  test("silence is a time-out", async () => {
    upstream.answerWith(slowly(says(500, {}), 3_000))
    const { status, error } = await ask()
    expect([status, error.type]).toEqual([504, "timeout_error"])
  })

  test.each([
    [400, { code: "context_length_exceeded", param: "messages", message: "Too long: 9 of 8." }],
    [400, { code: "content_policy_violation", message: "Flagged." }],
    [400, { code: "unsupported_parameter", param: "top_p", message: "No top_p." }],
    [413, { message: "Too large." }],
    [422, { message: "Not like this.", param: "tools" }],
  ])("what is the caller's own is said in the upstream's words: %d %o", async (status, error) => {
    upstream.answerWith(says(status, error))
    const told = await ask()
    expect(told.status).toBe(status)
    expect(told.error).toMatchObject(error)
  })

  test("an error inside a stream ends it in the caller's words, once", async () => {
    const half = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"half"},"finish_reason":null}]}\n\n`
    upstream.answerWith({
      headers: { "content-type": "text/event-stream" },
      body: [half, `data: {"error":{"message":"broken with ${secret}"}}\n\n`],
    })
    const { status, text } = await ask({ stream: true })
    expect(status).toBe(200)
    expect(text).toContain('"half"')
    expect(text).toContain("The answer was cut short: broken with ***")
    expect(text.match(/data: \[DONE\]/g)).toHaveLength(1)
  })

  describe("nobody but an administrator decides where a request goes", () => {
    let seen: SeenRequest
    const asked = async (body: object, headers: Record<string, string> = {}) => {
      upstream.answerWith(well)
      const answer = await ask(body, headers)
      seen = upstream.requests.at(-1)!
      return answer
    }

    test("not by a header or a parameter that names an address, a channel or a key (C5, F4)", async () => {
      const elsewhere = "http://127.0.0.1:1"
      const { status } = await asked(
        { base_url: elsewhere, api_base: elsewhere, organization: "org-evil", user: "${SECRET}" },
        { "x-channel": "another", "x-base-url": elsewhere, "openai-organization": "org-evil" },
      )
      expect(status).toBe(200)
      expect(seen.headers.get("authorization")).toBe(`Bearer ${secret}`)
      expect(seen.headers.get("openai-organization")).toBeNull()
      expect(seen.body.user).toBe("${SECRET}")
    })

    test("not by what is put behind a key (F4)", async () => {
      const mine = key
      const before = upstream.requests.length
      for (const suffix of [`-${channelId}`, "-1", `|${channelId}`]) {
        key = mine + suffix
        expect((await ask()).status).toBe(401)
      }
      key = mine
      expect(upstream.requests).toHaveLength(before)
    })

    test("and nothing of who they are goes along (F10)", async () => {
      const private_ = {
        cookie: "nio_session=marker",
        "x-forwarded-for": "203.0.113.7",
        "x-real-ip": "203.0.113.7",
        "cf-connecting-ip": "203.0.113.7",
        origin: "https://site.test",
        referer: "https://site.test/page",
        "proxy-authorization": "Basic marker",
        "x-api-key": "marker",
      }
      await asked({}, private_)
      const sent = JSON.stringify([...seen.headers])
      for (const words of ["marker", "203.0.113.7", "site.test", key])
        expect(sent).not.toContain(words)
    })
  })
})
