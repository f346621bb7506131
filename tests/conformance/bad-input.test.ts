import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import {
  faults,
  type SimulatedUpstream,
  scriptedOpenAi,
  simulate,
  slowly,
} from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { listApiKeys } from "@nio/server/core/identity/list-api-keys"
import { revokeApiKey } from "@nio/server/core/identity/revoke-api-key"
import { eachDatabase, type TestDatabase } from "../support/databases.ts"
import { type Inbound, inbounds, type Question } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** Bytes of a request beyond every limit. */
const hugeBytes = 40 * 1024 * 1024

for (const inbound of inbounds)
  eachDatabase(`bad input in ${inbound.name}`, (open) => badInput(open, inbound))

function badInput(open: () => Promise<TestDatabase>, inbound: Inbound) {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let userId: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedOpenAi({ chunks: ["hello"] }))
    await server.addChannel({ baseUrl: upstream.url, provider: "openai-compatible" })
    await server.setPrice({ models: ["m"] })
    const user = await server.addUser(10)
    key = user.key
    userId = user.actor.userId
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const post = (body: BodyInit, headers = inbound.auth(key), question: Question = {}) =>
    fetch(`${server.url}${inbound.path(question)}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    })
  const body = (question: Question) => JSON.stringify(inbound.body(question))
  const ask = (question: Question, as = key) => post(body(question), inbound.auth(as), question)

  /** Every refusal has its format's shape, no trace of our insides, and costs nothing. */
  async function refused(response: Response, status: number) {
    const text = await response.text()
    expect({ status: response.status, text }).toMatchObject({ status })
    const error = JSON.parse(text)
    expect(inbound.errorType(error)).toBeString()
    expect(text).not.toMatch(/\bat .*\.ts:|node_modules|sk-upstream-secret|select |SQLITE/i)
    expect(response.headers.get("x-request-id")).toBeString()
    const balance = await billing.balanceOf(server.deps.db, userId)
    expect(balance).toEqual({ available: toMicropoints(10), held: 0 })
    return error
  }

  const nested = `{"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`
  const deep = JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`)

  test.each([
    ["no body", ""],
    ["half a body", '{"model":"m"'],
    ["a list", "[]"],
    ["a number for messages", '{"model":"m","max_tokens":1,"messages":1,"contents":1,"input":1}'],
    // A response may go on from another one without a word.
    ...(inbound.id === "responses" ? [] : [["no messages", body({ said: [] })] as const]),
    ["negative tokens", body({ limit: -1 })],
    ["tokens beyond counting", body({ limit: 2 ** 53 })],
    ["tokens that are a text", body({ limit: "9e9" })],
    ["tokens without end", body({ limit: 1 }).replace(/(okens":)1\b/, "$11e308")],
    ["100,000 levels of nesting", nested],
    ["deep nesting in a message", body({ said: [{ role: "user", content: deep, parts: deep }] })],
  ])("%s: 400 (A6, F2)", async (_, sent) => {
    await refused(await post(sent), 400)
  })

  // The others' answers are single.
  if (inbound.id === "openai" || inbound.id === "gemini")
    test("a thousand answers: 400 (A6)", async () => {
      await refused(await ask({ choices: 1_000 }), 400)
    })

  test.each([
    ["a NUL", "m\u0000"],
    ["a blank", " m"],
    ["a way up", "../m"],
    ["a query", "m?x=1"],
    ["another case", "M"],
    ["a channel", "m#7"],
  ])("a model's name with %s is another model, if any (F3)", async (_, model) => {
    const response = await ask({ model })
    await refused(response, response.status === 400 ? 400 : 404)
  })

  test("invalid UTF-8: 400 (F2)", async () => {
    const bytes = Buffer.concat([
      Buffer.from(body({}).slice(0, -1)),
      Buffer.from(',"x":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ])
    await refused(await post(bytes), 400)
  })

  test("an unknown model: 404", async () => {
    await refused(await ask({ model: "nope" }), 404)
  })

  test("40 MB, announced or not: 413 (F2)", async () => {
    await refused(await post("x".repeat(hugeBytes)), 413)
    const chunk = new Uint8Array(1024 * 1024)
    let sent = 0
    const unannounced = new ReadableStream({
      pull(controller) {
        if (sent >= hugeBytes) return controller.close()
        sent += chunk.length
        controller.enqueue(chunk)
      },
    })
    await refused(await post(unannounced), 413)
  })

  test.each([
    ["no key", ""],
    ["a key with blanks in it", "sk-abc def ghi jkl mno pqr stu"],
    ["a wrong key", "sk-000000000000000000000000000000000000000000000000"],
    ["something that is no key", "Basic cm9vdDpyb290"],
    ["ten thousand letters", "a".repeat(10_000)],
  ])("%s: 401", async (_, wrong) => {
    await refused(await ask({}, wrong), 401)
  })

  test("a channel cannot be chosen by a suffix of the key: 401 (F4)", async () => {
    await refused(await ask({}, `${key}-1`), 401)
  })

  test("a revoked key: 401, at once on this node", async () => {
    const { actor, key: doomed } = await server.addUser(10)
    expect((await ask({}, doomed)).status).toBe(200)
    const [listed] = await listApiKeys(server.deps, actor)
    await revokeApiKey(server.deps, actor, listed?.id ?? "")
    await refused(await ask({}, doomed), 401)
  })

  test("a path that is not there: 404 in the same shape", async () => {
    const [, version] = inbound.path({}).split("/")
    const response = await fetch(`${server.url}/${version}/nothing`, { headers: inbound.auth(key) })
    await refused(response, 404)
  })

  test("a prototype in the body is just a key, and `model` twice means the last one (F2)", async () => {
    const { key: other } = await server.addUser(10)
    const sent = body({}).replace("{", '{"__proto__":{"isAdmin":true},"model":"nope",')
    expect((await post(sent, inbound.auth(other))).status).toBe(200)
    expect(upstream.requests.at(-1)?.text).not.toContain("nope")
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  describe("upstreams that misbehave before they say anything (F8)", () => {
    const bad = [
      "html",
      "html502",
      "okWithError",
      "okWithErrorFrame",
      "redirect",
      "overloaded",
      "unauthorized",
      "rateLimited",
      "empty",
    ] as const

    test.each(bad)("%s: a 5xx of ours, never theirs", async (name) => {
      const broken = await simulate(faults[name])
      await server.addChannel({ baseUrl: broken.url, models: [name] })
      await server.setPrice({ models: [name] })
      for (const stream of [false, true]) {
        await refused(await ask({ model: name, stream }), inbound.unavailable)
      }
      await broken.close()
    })

    test("silence: a time-out of ours", async () => {
      const mute = await simulate(slowly(faults.html, 60_000))
      await server.addChannel({ baseUrl: mute.url, models: ["mute"], firstByteSeconds: 1 })
      await server.setPrice({ models: ["mute"] })
      await refused(await ask({ model: "mute", stream: true }), 504)
      await mute.close()
    })

    test("a redirect to a private address is not followed", async () => {
      const inside = await simulate(scriptedOpenAi({ chunks: ["secret"] }))
      const outside = await simulate({
        status: 302,
        headers: { location: `${inside.url}/v1/chat/completions` },
      })
      await server.addChannel({ baseUrl: outside.url, models: ["lured"] })
      await server.setPrice({ models: ["lured"] })
      await refused(await ask({ model: "lured" }), inbound.unavailable)
      expect(inside.requests).toHaveLength(0)
      await inside.close()
      await outside.close()
    })
  })

  test("every origin may ask, without cookies", async () => {
    const preflight = await fetch(`${server.url}${inbound.path({})}`, {
      method: "OPTIONS",
      headers: { origin: "https://anywhere.example", "access-control-request-method": "POST" },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*")
    expect(preflight.headers.has("access-control-allow-credentials")).toBe(false)
  })
}
