import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { type ApiKeyLimits, noLimits, toMicropoints } from "@nio/server/contract"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { createRedisKv } from "@nio/server/infra/kv-redis"
import { connectRedis } from "@nio/server/infra/redis"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { threeWords } from "../support/key-server.ts"
import { recordingLog } from "../support/log.ts"
import { randomPrefix, withRedis } from "../support/redis.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const keyOf = async (server: TestServer, limits: Partial<ApiKeyLimits>, spendCap?: number) => {
  const { actor } = await server.addUser(1_000)
  const terms = { limits: { ...noLimits, ...limits }, spendCap: spendCap ?? null }
  return (await createApiKey(server.deps, actor, "k", terms)).key
}

async function startOne(
  open: () => Promise<{ db: Parameters<typeof startServer>[0] }>,
  upstream: SimulatedUpstream,
  ...own: Parameters<typeof startServer> extends [unknown, ...infer Rest] ? Rest : never
) {
  const server = await startServer((await open()).db, ...own)
  await server.addChannel({ provider: "moonshot", baseUrl: upstream.url })
  await server.setPrice({ models: ["m"] })
  return server
}

const question = { messages: [{ role: "user", content: "hi" }] }
/** The same question as each dialect puts it. */
const dialects = {
  chat: ["/v1/chat/completions", { model: "m", ...question }],
  messages: ["/v1/messages", { model: "m", max_tokens: 50, ...question }],
  responses: ["/v1/responses", { model: "m", input: "hi" }],
  gemini: ["/v1beta/models/m:generateContent", { contents: [{ parts: [{ text: "hi" }] }] }],
} as const

eachDatabase("the limits of a key, told in every dialect", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  beforeAll(async () => {
    upstream = await simulate(threeWords)
    server = await startOne(open, upstream)
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  async function ask(dialect: keyof typeof dialects, key: string) {
    const [path, body] = dialects[dialect]
    const answer = await fetch(server.url + path, {
      method: "POST",
      headers: { "x-api-key": key, "content-type": "application/json" },
      body: JSON.stringify(body),
    })
    return { answer, body: (await answer.json()) as any }
  }

  test.each([
    ["chat", (error: any) => error.type, "insufficient_quota"],
    ["messages", (error: any) => error.type, "billing_error"],
    ["responses", (error: any) => error.code, "insufficient_quota"],
    ["gemini", (error: any) => error.status, "RESOURCE_EXHAUSTED"],
  ] as const)("%s: a cap that is reached", async (dialect, kindOf, kind) => {
    const { answer, body } = await ask(dialect, await keyOf(server, {}, 1_000))
    expect(answer.status).toBe(402)
    expect(kindOf(body.error)).toBe(kind)
    expect(body.error.message).toContain("may spend 0.001 points in all")
    expect(body.error.message).toContain("0.001 left")
  })

  test.each(Object.keys(dialects) as (keyof typeof dialects)[])(
    "%s: a minute that is used up, and when there will be more",
    async (dialect) => {
      const key = await keyOf(server, { requestsPerMinute: 1 })
      const first = await ask(dialect, key)
      expect(first.answer.status).toBe(200)
      expect(first.answer.headers.get("x-ratelimit-remaining-requests")).toBe("0")
      const { answer, body } = await ask(dialect, key)
      expect(answer.status).toBe(429)
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(55)
      expect(answer.headers.get("x-ratelimit-limit-requests")).toBe("1")
      expect(body.error.message).toContain("1 requests a minute: 1 needed, 0 left")
    },
  )
})

eachDatabase("what a capped key is told of its points", (open) => {
  test("is its own cap and spending, not what its owner has", async () => {
    const upstream = await simulate(threeWords)
    const server = await startOne(open, upstream)
    const key = await keyOf(server, {}, toMicropoints(73))
    const tell = async (what: string) => {
      const headers = { authorization: `Bearer ${key}` }
      return (await fetch(`${server.url}/v1/dashboard/billing/${what}`, { headers })).json()
    }
    expect(await tell("subscription")).toMatchObject({ hard_limit_usd: 1, soft_limit_usd: 1 })
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(dialects.chat[1]),
    })
    await answer.text()
    await eventually(async () => ((await tell("usage")) as any).total_usage === 0.02)
    const grants = (await tell("credit_grants")) as any
    expect(grants.total_granted).toBe(1)
    expect(grants.total_used).toBeCloseTo(0.02 / 73, 8)
    await server.close()
    await upstream.close()
  })
})

eachDatabase("a key behind a proxy", (open) => {
  test("S10: is judged by the address the trusted proxy saw, and by nothing a caller adds", async () => {
    const upstream = await simulate(threeWords)
    const server = await startOne(open, upstream, {}, { trustedProxies: 1 })
    const key = await keyOf(server, { addresses: ["2001:db8::/32"] })
    const statusFrom = async (forwarded: string) => {
      const headers = { authorization: `Bearer ${key}`, "x-forwarded-for": forwarded }
      return (await fetch(`${server.url}/v1/models`, { headers })).status
    }
    expect(await statusFrom("2001:db8::7")).toBe(200)
    expect(await statusFrom("203.0.113.1, 2001:db8::7")).toBe(200)
    expect(await statusFrom("2001:db8::7, 203.0.113.1")).toBe(403)
    await server.close()
    await upstream.close()
  })
})

withRedis("the limits of a key", (env) => {
  eachDatabase("on two nodes", (open) => {
    test("hold for both together", async () => {
      const upstream = await simulate(threeWords)
      const { db } = await open()
      const prefix = randomPrefix()
      const node = async () =>
        startServer(db, { kv: createRedisKv(await connectRedis(env), recordingLog(), prefix) })
      const nodes = [await node(), await node()]
      const [first, second] = nodes as [TestServer, TestServer]
      await first.addChannel({ baseUrl: upstream.url })
      await first.setPrice({ models: ["m"] })
      await second.deps.live.reload()
      const key = await keyOf(first, { requestsPerMinute: 5 })
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, at) => {
          const answer = await fetch(`${nodes[at % 2]!.url}/v1/chat/completions`, {
            method: "POST",
            headers: { authorization: `Bearer ${key}` },
            body: JSON.stringify(dialects.chat[1]),
          })
          await answer.text()
          return answer.status
        }),
      )
      expect(answers.filter((status) => status === 200)).toHaveLength(5)
      expect(answers.filter((status) => status === 429)).toHaveLength(15)
      await first.close()
      await second.close()
      await upstream.close()
    })
  })
})
