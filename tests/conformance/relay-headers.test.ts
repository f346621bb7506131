import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { toMicropoints } from "@nio/server/contract"
import { creditUser } from "@nio/server/core/billing/credit-user"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { createUser } from "@nio/server/core/user/create-user"
import { eachDatabase } from "../support/databases.ts"
import { inbounds } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"

eachDatabase("around the answers", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let adminKey: string
  let channelId: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedOpenAi({ chunks: ["hello"] }))
    const channel = { baseUrl: upstream.url, provider: "openai-compatible" }
    channelId = await server.addChannel({ ...channel, models: ["m", "vendor/m"] })
    await server.addChannel({ baseUrl: upstream.url, models: ["vip"], groups: ["pro"] })
    await server.setPrice({ models: ["m", "vendor/m", "vip"] })
    key = (await server.addUser(10)).key
    const administrator = {
      name: "boss",
      password: "correct horse battery",
      passwordExpired: false,
    }
    const userId = await createUser(server.deps, { ...administrator, role: "admin" })
    const actor = { ...server.admin, userId: userId ?? "" }
    const credit = { userId: actor.userId, amount: toMicropoints(10), reference: "test:boss" }
    await creditUser(server.deps, { ...credit, reason: "test" })
    adminKey = (await createApiKey(server.deps, actor, "admin")).key
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  for (const inbound of inbounds) {
    describe(inbound.name, () => {
      const ask = (
        headers: Record<string, string>,
        { prefix = "", query = "", model = "m" } = {},
      ) =>
        fetch(`${server.url}${prefix}${inbound.path({ model })}${query}`, {
          method: "POST",
          headers,
          body: JSON.stringify(inbound.body({ model })),
        })

      test.each(["authorization", "x-api-key", "api-key", "x-goog-api-key"])(
        "a key is found in %s",
        async (name) => {
          const value = name === "authorization" ? `Bearer ${key}` : key
          expect((await ask({ [name]: value })).status).toBe(200)
        },
      )

      test("a key is found in the address, and goes no further", async () => {
        expect((await ask({}, { query: `?key=${key}` })).status).toBe(200)
        const { path, headers, text } = upstream.requests.at(-1)!
        expect([path, text, ...headers.values()].join()).not.toContain(key)
        await ask({}, { query: `?key=${key}&x=1`, model: "nope" })
        expect(JSON.stringify(server.deps.logged)).not.toContain(key)
      })

      test("the same below /api", async () => {
        expect((await ask(inbound.auth(key), { prefix: "/api" })).status).toBe(200)
      })

      test("an answer says how many tries it took and what we ourselves cost it", async () => {
        const response = await ask({ ...inbound.auth(key), origin: "https://anywhere.example" })
        expect(response.headers.get("x-attempts")).toBe("1")
        const overheadMs = Number(response.headers.get("x-overhead-ms"))
        expect(overheadMs).toBeGreaterThan(0)
        expect(overheadMs).toBeLessThan(1_000)
        expect(response.headers.get("access-control-allow-origin")).toBe("*")
        for (const name of ["x-request-id", "x-attempts", "x-overhead-ms", "retry-after"])
          expect(response.headers.get("access-control-expose-headers")).toContain(name)
        expect(response.headers.has("x-channel")).toBe(false)
      })

      test("the wait for a slow upstream is not our own", async () => {
        upstream.answerWith((seen) => ({
          ...scriptedOpenAi({ chunks: ["hello"] })(seen),
          firstByteMs: 300,
        }))
        const response = await ask(inbound.auth(key))
        expect(Number(response.headers.get("x-overhead-ms"))).toBeLessThan(250)
        upstream.answerWith(scriptedOpenAi({ chunks: ["hello"] }))
      })

      test("a refusal says the same of itself", async () => {
        const response = await ask(inbound.auth(key), { model: "nope" })
        expect(response.headers.get("x-request-id")).toBeString()
        expect(response.headers.get("x-overhead-ms")).toBeString()
        expect(response.headers.get("access-control-allow-origin")).toBe("*")
      })

      test("the caller's own name for a request is found in the logs", async () => {
        const name = `mine-${inbound.id}`
        const response = await ask({ ...inbound.auth(key), "x-client-request-id": name })
        const requestId = response.headers.get("x-request-id")
        const noted = server.deps.logged.find(({ fields }) => fields?.clientRequestId === name)
        expect(noted?.fields).toMatchObject({ requestId })
      })
    })
  }

  test("only administrators are told the channel, also of one that failed", async () => {
    const down = await simulate({ status: 400, body: '{"error":{"message":"no"}}' })
    const downId = await server.addChannel({ baseUrl: down.url, models: ["down"] })
    await server.setPrice({ models: ["down"] })
    const channelOf = async (as: string, model: string) => {
      const response = await fetch(`${server.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${as}` },
        body: JSON.stringify(inbounds[0]!.body({ model })),
      })
      return response.headers.get("x-channel")
    }
    expect(await channelOf(adminKey, "m")).toBe(channelId)
    expect(await channelOf(adminKey, "down")).toBe(downId)
    expect(await channelOf(key, "m")).toBeNull()
    await server.removeChannel(downId)
    await down.close()
  })

  describe("models are listed as each client expects, and only those one may use", () => {
    const get = (path: string, headers: Record<string, string>) =>
      fetch(`${server.url}${path}`, { headers })

    test("OpenAI's way", async () => {
      const headers = { authorization: `Bearer ${key}` }
      const { object, data } = (await (await get("/v1/models", headers)).json()) as any
      expect(object).toBe("list")
      expect(data.map(({ id }: { id: string }) => id)).toEqual(["m", "vendor/m"])
      for (const path of [
        "/v1/models/vendor/m",
        "/v1/models/vendor%2Fm",
        "/api/v1/models/vendor/m",
      ])
        expect(await (await get(path, headers)).json()).toMatchObject({ id: "vendor/m" })
      const missing = await get("/v1/models/vip", headers)
      expect(missing.status).toBe(404)
      expect(await missing.json()).toMatchObject({ error: { code: "model_not_found" } })
    })

    test("Anthropic's way", async () => {
      const headers = { "x-api-key": key, "anthropic-version": "2023-06-01" }
      const list = (await (await get("/v1/models", headers)).json()) as any
      expect(list).toMatchObject({ has_more: false, first_id: "m", last_id: "vendor/m" })
      expect(list.data[0]).toMatchObject({ type: "model", id: "m", display_name: "m" })
      const missing = await get("/v1/models/vip", headers)
      expect(await missing.json()).toMatchObject({ type: "error" })
    })

    test("Google's way", async () => {
      const headers = { "x-goog-api-key": key }
      for (const path of ["/v1beta/models", "/v1/models"]) {
        const { models } = (await (await get(path, headers)).json()) as any
        expect(models[1]).toMatchObject({
          name: "models/vendor/m",
          supportedGenerationMethods: ["generateContent", "streamGenerateContent", "countTokens"],
        })
      }
      expect(await (await get("/v1beta/models/vendor/m", headers)).json()).toMatchObject({
        name: "models/vendor/m",
      })
      expect((await get("/v1beta/models/%E0%A4%A", headers)).status).toBe(404)
    })

    test("not without a key", async () => {
      for (const path of ["/v1/models", "/v1beta/models", "/v1beta/models/m"])
        expect((await get(path, {})).status).toBe(401)
    })
  })
})
