import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { noLimits, toMicropoints } from "@nio/server/contract"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { revokeApiKey } from "@nio/server/core/identity/revoke-api-key"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { type KeyServer, startKeyServer, tokensEach } from "../support/key-server.ts"

eachDatabase("an API key in the hands of its owner", (open) => {
  let keys: KeyServer
  let browser: Browser
  let { server, clock, ask } = {} as KeyServer
  beforeAll(async () => {
    keys = await startKeyServer((await open()).db)
    ;({ server, clock, ask } = keys)
    const owner = await server.addUser(100)
    browser = await signIn(server.url, owner.actor.name)
  })
  afterEach(() => eventually(() => server.deps.underway.size() === 0))
  afterAll(() => keys.close())

  const create = (input: object) => browser.mutate("apiKey.create", { name: "k", ...input })
  const own = async (id: string) =>
    (await browser.query("apiKey.list")).find((key: { id: string }) => key.id === id)

  test("is listed with its limits and what it has spent", async () => {
    const limits = { ...noLimits, models: ["m"], addresses: ["2001:db8::/32", "203.0.113.7"] }
    const made = await create({ limits, spendCap: toMicropoints(5) })
    expect(await own(made.id)).toMatchObject({ limits, spendCap: toMicropoints(5), spent: 0 })
    expect(JSON.stringify(await own(made.id))).not.toContain(made.key)
  })

  test("is changed at once, and keeps its secret", async () => {
    const { id, key } = await create({})
    expect((await ask(key, { model: "n" })).status).toBe(200)
    const limits = { ...noLimits, models: ["m"] }
    await browser.mutate("apiKey.update", { id, name: "renamed", limits, spendCap: null })
    expect((await ask(key, { model: "n" })).status).toBe(403)
    expect(await own(id)).toMatchObject({ name: "renamed" })
  })

  test("is reset: the old secret is nothing, the new one has the same limits", async () => {
    const { id, key } = await create({ limits: { ...noLimits, models: ["m"] } })
    expect((await ask(key)).status).toBe(200)
    const fresh = await browser.mutate("apiKey.reset", { id })
    expect(fresh.id).toBe(id)
    expect((await ask(key)).status).toBe(401)
    expect((await ask(fresh.key)).status).toBe(200)
    expect((await ask(fresh.key, { model: "n" })).status).toBe(403)
    expect((await own(id)).hint).toBe(fresh.key.slice(-4))
  })

  test("is nobody else's to change, reset or look into", async () => {
    const { id, key } = await create({})
    const { actor } = await server.addUser(0)
    const stranger = await signIn(server.url, actor.name)
    const terms = { id, name: "mine", limits: noLimits, spendCap: null }
    for (const call of [
      stranger.mutate("apiKey.update", terms),
      stranger.mutate("apiKey.reset", { id }),
    ])
      expect(await stranger.failure(call)).toMatchObject({ status: 404, code: "key.not-found" })
    expect((await ask(key)).status).toBe(200)
    expect(await stranger.query("apiKey.usage", { id, days: 30, utcOffset: 0 })).toEqual({
      byDay: [],
      byModel: [],
    })
  })

  test.each([
    { addresses: ["example.com"] },
    { addresses: ["203.0.113.0/33"] },
    { requestsPerMinute: 0 },
    { concurrency: 1.5 },
    { groups: ["root"] },
    { models: [""] },
  ])("limits that make no sense are refused: %j", async (change) => {
    const call = create({ limits: { ...noLimits, ...change } })
    expect(await browser.failure(call)).toMatchObject({ status: 400, code: "input.invalid" })
  })

  test("is one of at most 200, the revoked ones not counted", async () => {
    const { actor } = await server.addUser(0)
    const make = () => createApiKey(server.deps, actor, "one of many")
    for (let made = 1; made < 199; made++) await make()
    const last = await make()
    await expect(make()).rejects.toMatchObject({ code: "key.too-many" })
    await revokeApiKey(server.deps, actor, last.id)
    await make()
  })

  test("shows its use by day, in its reader's time, and by model", async () => {
    const { id, key } = await create({})
    const look = (utcOffset: number, days = 30) =>
      browser.query("apiKey.usage", { id, days, utcOffset })
    const written = (requests: number) =>
      eventually(async () => (await look(0)).byDay[0]?.requests === requests)
    await ask(key)
    await ask(key, { model: "n" })
    await written(2)
    clock.pass(24 * 3_600_000)
    await ask(key)
    await written(1)

    const { byDay, byModel } = await look(0)
    const charge = tokensEach * 2_000
    expect(byDay).toEqual([
      { day: dateOf(clock.now()), requests: 1, tokens: tokensEach, charge },
      {
        day: dateOf(clock.now() - 24 * 3_600_000),
        requests: 2,
        tokens: 2 * tokensEach,
        charge: 2 * charge,
      },
    ])
    expect(byModel).toEqual([
      { model: "m", requests: 2, tokens: 2 * tokensEach, charge: 2 * charge },
      { model: "n", requests: 1, tokens: tokensEach, charge },
    ])
    expect((await look(0, 1)).byDay).toHaveLength(1)
    const ahead = clock.now() + 840 * 60_000
    expect((await look(840)).byDay[0].day).toBe(dateOf(ahead))
  })
})

const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
