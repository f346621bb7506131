import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { apiKeys } from "@nio/db"
import { noLimits, toMicropoints } from "@nio/server/contract"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import {
  type KeyServer,
  refusalOf,
  startKeyServer,
  threeWords,
  tokensEach,
} from "../support/key-server.ts"

eachDatabase("a limited API key", (open) => {
  let keys: KeyServer
  let { server, upstream, clock, limited, ask, stream } = {} as KeyServer
  beforeAll(async () => {
    keys = await startKeyServer((await open()).db)
    ;({ server, upstream, clock, limited, ask, stream } = keys)
    await server.addChannel({ baseUrl: upstream.url, models: ["pro-only"], groups: ["pro"] })
    await server.setPrice({ models: ["pro-only"] })
  })
  afterEach(() => eventually(() => server.deps.underway.size() === 0))
  afterAll(() => keys.close())

  test("kept to models takes no other, and lists no other", async () => {
    const { key } = await limited({ models: ["m"] })
    expect((await ask(key)).status).toBe(200)
    const refused = await refusalOf(await ask(key, { model: "n" }))
    expect(refused).toMatchObject({ status: 403, code: "model_not_found" })
    expect(refused.message).toContain("may not use the model `n`. It may use: m.")
    const list = await fetch(`${server.url}/v1/models`, { headers: { "x-api-key": key } })
    expect(((await list.json()) as any).data.map(({ id }: { id: string }) => id)).toEqual(["m"])
  })

  test("kept to a group below reaches that group's channels, and not its owner's", async () => {
    const { actor } = await server.addUser(1_000)
    const admin = { ...actor, group: "pro" as const }
    const terms = (group: "pro" | "normal" | "admin") => ({
      limits: { ...noLimits, groups: [group] },
      spendCap: null,
    })
    await createApiKey(server.deps, admin, "pro", terms("pro"))
    expect(createApiKey(server.deps, admin, "x", terms("admin"))).rejects.toThrow(
      "kept to the group",
    )

    const own = await limited({ groups: ["normal"] })
    expect((await ask(own.key)).status).toBe(200)
    expect((await refusalOf(await ask(own.key, { model: "pro-only" }))).status).toBe(404)
  })

  test("of somebody who has left the group it is kept to is refused", async () => {
    const { actor, id, key } = await limited({})
    const limits = { ...noLimits, groups: ["pro"] }
    await apiKeys.saveKeyTerms(
      server.deps.db,
      { id, userId: actor.userId },
      { name: "k", limits, spendCap: null },
    )
    const refused = await refusalOf(await ask(key))
    expect(refused.status).toBe(403)
    expect(refused.message).toContain("the group pro")
  })

  test("B11: kept to addresses is refused elsewhere, whatever the header claims", async () => {
    const here = await limited({ addresses: ["127.0.0.0/8", "::1"] })
    expect((await ask(here.key)).status).toBe(200)
    const elsewhere = await limited({ addresses: ["203.0.113.0/24"] })
    const refused = await refusalOf(
      await ask(elsewhere.key, {}, { "x-forwarded-for": "203.0.113.5" }),
    )
    expect(refused.status).toBe(403)
    expect(refused.message).toContain("127.0.0.1")
    const list = await fetch(`${server.url}/v1/models`, { headers: { "api-key": elsewhere.key } })
    expect(list.status).toBe(403)
  })

  test("B11: expires on the moment, also while it is remembered", async () => {
    const { key } = await limited({ expiresAt: clock.now() + 500 })
    expect((await ask(key)).status).toBe(200)
    clock.pass(500)
    expect(await refusalOf(await ask(key))).toMatchObject({ status: 401, code: "invalid_api_key" })
  })

  test("may spend its cap and no more: of 200 at once, exactly as many begin", async () => {
    await server.addChannel({ baseUrl: upstream.url, models: ["flat"] })
    await server.setPrice({
      type: "per-request",
      models: ["flat"],
      input: 0,
      output: toMicropoints(1),
    })
    const { actor, id, key } = await limited({}, toMicropoints(10))
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => ask(key, { model: "flat" })),
    )
    const refused = answers.filter(({ status }) => status === 402)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(refused).toHaveLength(190)
    expect(await refusalOf(refused[0]!)).toMatchObject({
      type: "insufficient_quota",
      code: "insufficient_quota",
      message: expect.stringContaining("10 points in all: 1 needed for flat, 0 left"),
    })
    await eventually(async () => {
      const spending = await apiKeys.spendingOfKey(server.deps.db, id)
      const balance = await server.deps.ledger.available(actor.userId)
      return spending?.spent === toMicropoints(10) && balance === toMicropoints(990)
    })
  })

  test("tells what is left of its requests a minute, and when there will be more", async () => {
    const { key } = await limited({ requestsPerMinute: 3 })
    const left = []
    for (let asked = 0; asked < 3; asked++) {
      const { headers } = await ask(key)
      expect(headers.get("x-ratelimit-limit-requests")).toBe("3")
      left.push(headers.get("x-ratelimit-remaining-requests"))
    }
    expect(left).toEqual(["2", "1", "0"])
    const refused = await ask(key)
    expect(refused.status).toBe(429)
    expect(refused.headers.get("x-ratelimit-remaining-requests")).toBe("0")
    expect(refused.headers.get("x-ratelimit-reset-requests")).toBe("1m0s")
    expect(refused.headers.get("retry-after")).toBe("20")
    expect((await refusalOf(refused)).message).toContain("3 requests a minute: 1 needed, 0 left")
    clock.pass(20_000)
    expect((await ask(key)).status).toBe(200)
    expect((await ask(key)).status).toBe(429)
  })

  test("without limits tells of the site's", async () => {
    const { key } = await limited({})
    const { headers } = await ask(key)
    expect(headers.get("x-ratelimit-limit-requests")).toBe("600")
    expect(headers.get("x-ratelimit-remaining-requests")).toBe("599")
    expect(headers.get("x-ratelimit-reset-requests")).toBe("100ms")
    expect(headers.get("x-ratelimit-limit-tokens")).toBeNull()
  })

  test("pays for tokens what they were in the end, also when an answer fails", async () => {
    const { key } = await limited({ tokensPerMinute: 5_000 })
    const first = await ask(key, { max_tokens: 4_000 })
    expect(first.headers.get("x-ratelimit-limit-tokens")).toBe("5000")
    expect(Number(first.headers.get("x-ratelimit-remaining-tokens"))).toBeLessThan(1_000)
    const second = await ask(key, { max_tokens: 1 })
    expect(Number(second.headers.get("x-ratelimit-remaining-tokens"))).toBeGreaterThan(
      5_000 - tokensEach - 100,
    )
    upstream.answerWith({ status: 500, body: "{}" })
    await ask(key, { max_tokens: 4_000 })
    upstream.answerWith(threeWords)
    expect((await ask(key, { max_tokens: 4_000 })).status).toBe(200)
  })

  test("refuses tokens beyond its minute, saying when, or that it never will", async () => {
    upstream.answerWith(scriptedOpenAi({ chunks: ["w"], usage: { input: 7, output: 1_993 } }))
    const { key } = await limited({ tokensPerMinute: 1_000 })
    expect((await ask(key)).status).toBe(200)
    const refused = await ask(key, { max_tokens: 100 })
    expect(refused.status).toBe(429)
    // A thousand too many, and those this one needs, at a thousand a minute.
    const seconds = Number(refused.headers.get("retry-after"))
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThan(75)
    clock.pass(seconds * 1_000)
    upstream.answerWith(threeWords)
    expect((await ask(key, { max_tokens: 100 })).status).toBe(200)

    const long = { messages: [{ role: "user", content: "word ".repeat(2_000) }] }
    const never = await ask(key, long)
    expect(never.headers.get("retry-after")).toBeNull()
    expect((await refusalOf(never)).message).toContain("for this request alone")
  })

  test("has so many requests under way at once, and a place again when one ends", async () => {
    const slow = await simulate(scriptedOpenAi({ chunks: Array(500).fill("w "), delayMs: 10 }))
    await server.addChannel({ baseUrl: slow.url, models: ["slow"] })
    await server.setPrice({ models: ["slow"] })
    const { key } = await limited({ concurrency: 2 })
    const under = await Promise.all([1, 2].map(() => stream(key, { model: "slow" })))
    expect(under.map(({ status }) => status)).toEqual([200, 200])
    const refused = await ask(key)
    expect(refused.headers.get("retry-after")).toBe("1")
    expect((await refusalOf(refused)).message).toContain("2 requests under way at once")

    await under[0]!.body!.cancel()
    await eventually(async () => (await ask(key)).status === 200)
    for (let asked = 0; asked < 5; asked++) {
      expect((await ask(key, { stream: asked % 2 === 0 })).status).toBe(200)
    }
    await under[1]!.body!.cancel()
    await slow.close()
  })

  test("is noted as used once a minute", async () => {
    const { actor, key } = await limited({})
    const used = async () =>
      (await apiKeys.listApiKeysOf(server.deps.db, actor.userId))[0]?.lastUsedAt
    await ask(key)
    const first = clock.now()
    await eventually(async () => (await used()) === first)
    clock.pass(30_000)
    await ask(key)
    await Bun.sleep(50)
    expect(await used()).toBe(first)
    clock.pass(31_000)
    await ask(key)
    await eventually(async () => (await used()) === clock.now())
  })
})
