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
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const messages = [{ role: "user", content: "hi" }]

/** Bytes of a request beyond every limit. */
const hugeBytes = 40 * 1024 * 1024

eachDatabase("bad input at /v1", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let userId: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedOpenAi({ chunks: ["hello"] }))
    await server.addChannel({ baseUrl: upstream.url })
    await server.setPrice({ models: ["m"] })
    const user = await server.addUser(10)
    key = user.key
    userId = user.actor.userId
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body,
    })

  /** Every refusal has OpenAI's shape, no trace of our insides, and costs nothing. */
  async function refused(response: Response, status: number) {
    const text = await response.text()
    expect({ status: response.status, text }).toMatchObject({ status })
    const { error } = JSON.parse(text)
    for (const field of ["message", "type", "code"]) expect(error[field]).toBeString()
    expect(text).not.toMatch(/\bat .*\.ts:|node_modules|sk-upstream-secret|select |SQLITE/i)
    expect(response.headers.get("x-request-id")).toBeString()
    const balance = await billing.balanceOf(server.deps.db, userId)
    expect(balance).toEqual({ available: toMicropoints(10), held: 0 })
    return error
  }

  const valid = (fields: object) => JSON.stringify({ model: "m", messages, ...fields })

  test.each([
    ["no body", ""],
    ["half a body", '{"model":"m"'],
    ["a list", "[]"],
    ["a text for messages", valid({ messages: "hi" })],
    ["no messages", valid({ messages: [] })],
    ["a number for a model", valid({ model: 7 })],
    ["a NUL in the model", valid({ model: "m\u0000" })],
    ["negative max_tokens", valid({ max_tokens: -1 })],
    ["max_tokens beyond counting", valid({ max_tokens: 2 ** 53 })],
    ["max_tokens that is a text", valid({ max_tokens: "9e9" })],
    ["a thousand choices", valid({ n: 1_000 })],
    [
      "100,000 levels of nesting",
      `{"model":"m","messages":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ],
    [
      "deep nesting in a part",
      valid({
        messages: [
          { role: "user", content: JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`) },
        ],
      }),
    ],
  ])("%s: 400", async (_, body) => {
    await refused(await post(body), 400)
  })

  test("invalid UTF-8: 400", async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"model":"m","x":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ])
    await refused(await post(bytes), 400)
  })

  test("an unknown model: 404, with OpenAI's own code", async () => {
    expect(await refused(await post(valid({ model: "nope" })), 404)).toMatchObject({
      code: "model_not_found",
    })
  })

  test("40 MB, announced or not: 413", async () => {
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
    ["a key with blanks in it", "Bearer sk-abc def ghi jkl mno pqr stu"],
    ["a wrong key", "Bearer sk-000000000000000000000000000000000000000000000000"],
    ["something that is no key", "Basic cm9vdDpyb290"],
    ["a megabyte", `Bearer ${"a".repeat(10_000)}`],
  ])("%s: 401", async (_, authorization) => {
    await refused(await post(valid({}), { authorization }), 401)
  })

  test("a revoked key: 401, at once on this node", async () => {
    const { actor, key: doomed } = await server.addUser(10)
    expect((await post(valid({}), { authorization: `Bearer ${doomed}` })).status).toBe(200)
    const [listed] = await listApiKeys(server.deps, actor)
    await revokeApiKey(server.deps, actor, listed?.id ?? "")
    await refused(await post(valid({}), { authorization: `Bearer ${doomed}` }), 401)
  })

  test("a path that is not there: 404 in the same shape", async () => {
    const response = await fetch(`${server.url}/v1/nothing`, {
      headers: { authorization: `Bearer ${key}` },
    })
    await refused(response, 404)
  })

  test("a prototype in the body is just a key, and `model` twice means the last one", async () => {
    const { key: other } = await server.addUser(10)
    const authorization = `Bearer ${other}`
    const polluted = `{"__proto__":{"isAdmin":true},"model":"nope","model":"m","messages":[{"role":"user","content":"hi"}]}`
    expect((await post(polluted, { authorization })).status).toBe(200)
    expect(upstream.requests.at(-1)?.text).not.toContain("nope")
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  describe("upstreams that misbehave before they say anything", () => {
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
        const error = await refused(await post(valid({ model: name, stream })), 503)
        expect(error.type).toBe("server_error")
      }
      await broken.close()
    })

    test("silence: a time-out of ours", async () => {
      const mute = await simulate(slowly(faults.html, 60_000))
      await server.addChannel({ baseUrl: mute.url, models: ["mute"], firstByteSeconds: 1 })
      await server.setPrice({ models: ["mute"] })
      await refused(await post(valid({ model: "mute", stream: true })), 504)
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
      await refused(await post(valid({ model: "lured" })), 503)
      expect(inside.requests).toHaveLength(0)
      await inside.close()
      await outside.close()
    })
  })

  test("/v1 is open to every origin, without cookies", async () => {
    const preflight = await fetch(`${server.url}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: { origin: "https://anywhere.example", "access-control-request-method": "POST" },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*")
    expect(preflight.headers.has("access-control-allow-credentials")).toBe(false)
  })
})
