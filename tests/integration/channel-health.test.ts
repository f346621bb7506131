import { afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { UpstreamError } from "@nio/adapters"
import { faults, type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { migrate, openDatabase } from "@nio/db"
import type { ChannelHealth } from "@nio/server/contract"
import type { Bus, Kv } from "@nio/server/core/deps"
import { createMemoryBus } from "@nio/server/infra/bus-memory"
import { createRedisBus } from "@nio/server/infra/bus-redis"
import { createMemoryKv } from "@nio/server/infra/kv-memory"
import { createRedisKv } from "@nio/server/infra/kv-redis"
import { connectRedis } from "@nio/server/infra/redis"
import type { Browser } from "../support/browser.ts"
import { eachDatabase, freshSqlite, type TestDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { recordingLog } from "../support/log.ts"
import { randomPrefix, withRedis } from "../support/redis.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const deafBus = (): Bus => ({
  publish: async () => {},
  subscribe: async () => async () => {},
  close: async () => {},
})
const forgetfulKv = (): Kv => ({ ...createMemoryKv(), get: async () => undefined })

const secrets = ["sk-good-0123456789abcdef", "sk-dead-0123456789abcdef"]
const well = scriptedOpenAi({ chunks: ["Hi"] })

/** Accepts the first key only. */
const onlyGood: Parameters<typeof simulate>[0] = (seen) =>
  seen.headers.get("authorization")?.includes("good") ? well(seen) : faults.unauthorized

eachDatabase("the health of channels", (open) => {
  const opened: { close(): Promise<void> }[] = []
  let database: TestDatabase
  let model: string
  let tests = 0
  let key: string
  beforeAll(async () => {
    database = await open()
    const server = await startServer(await database.again())
    key = (await server.addUser(1_000)).key
    await server.close()
  }, 30_000)
  beforeEach(() => {
    model = `m${++tests}`
  })
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await one.close()
  })

  const upstreamWith = async (answer: Parameters<typeof simulate>[0]) => {
    const upstream = await simulate(answer)
    opened.push(upstream)
    return upstream
  }
  const node = async (bus: Bus, kv: Kv): Promise<TestServer> => {
    const server = await startServer(await database.again(), { bus, kv })
    opened.push(server)
    return server
  }
  const ask = (server: TestServer) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
    })
  async function setUp(server: TestServer, upstream: SimulatedUpstream) {
    const id = await server.addChannel({ baseUrl: upstream.url, secrets, models: [model] })
    await server.setPrice({ models: [model] })
    return { id, admin: await signInAdmin(server, `boss-${model}`) }
  }
  const healthOf = async (admin: Browser, id: string): Promise<ChannelHealth> =>
    (await admin.query("channel.health")).find((one: ChannelHealth) => one.id === id)
  /** Chance is always 0 in tests: the dead key is drawn first once the good one rests for it. */
  const killKey = (server: TestServer, id: string) => {
    const channel = server.deps.live.current().channels.find((one) => one.id === id)!
    return channel.keys.find(({ secret }) => secret.includes("dead"))!
  }

  test("a key that is not accepted sits out until somebody acts, also after a restart", async () => {
    const upstream = await upstreamWith(onlyGood)
    const server = await node(deafBus(), forgetfulKv())
    const { id, admin } = await setUp(server, upstream)
    await admin.mutate("channel.update", { id, edit: { secrets: secrets.toReversed() } })

    expect((await ask(server)).headers.get("x-attempts")).toBe("2")
    await eventually(async () => (await healthOf(admin, id)).rests[0]?.until === null)
    expect(await healthOf(admin, id)).toMatchObject({
      keys: [{ hint: "…cdef" }, { hint: "…cdef" }],
      rests: [{ keyId: killKey(server, id).id, reason: "auth", until: null, probing: false }],
    })
    expect(JSON.stringify(await healthOf(admin, id))).not.toContain("sk-dead")

    const restarted = await node(deafBus(), forgetfulKv())
    expect((await ask(restarted)).headers.get("x-attempts")).toBe("1")

    await admin.mutate("channel.restore", { id, keyId: killKey(server, id).id })
    expect((await healthOf(admin, id)).rests).toEqual([])
    expect((await ask(server)).headers.get("x-attempts")).toBe("2")
    const { orm, t } = database.db
    const acts = (await orm.select().from(t.auditLog)).map(({ act }) => act)
    expect(acts).toContain("channel.restore")
  })

  test("keys that are entered anew are tried anew", async () => {
    const upstream = await upstreamWith(faults.unauthorized)
    const server = await node(createMemoryBus(recordingLog()), createMemoryKv())
    const { id, admin } = await setUp(server, upstream)
    expect((await ask(server)).status).toBe(503)
    await eventually(async () => (await healthOf(admin, id)).rests.length === 2)
    upstream.answerWith(well)
    await admin.mutate("channel.update", { id, edit: { secrets } })
    expect((await healthOf(admin, id)).rests).toEqual([])
    expect((await ask(server)).headers.get("x-attempts")).toBe("1")
  })

  test("the last one is asked all the same, and whoever has to wait is told how long", async () => {
    const upstream = await upstreamWith(faults.rateLimited)
    const server = await node(deafBus(), createMemoryKv())
    await setUp(server, upstream)
    const refused = await ask(server)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get("retry-after"))).toBeWithin(6, 8)
    expect(await refused.json()).toMatchObject({ error: { code: "upstream.busy" } })
    expect(upstream.requests).toHaveLength(2)
    upstream.answerWith(well)
    expect((await ask(server)).status).toBe(200)
  })

  test("a rest that is nearly over is waited for when nobody else is left", async () => {
    const limited = { ...faults.rateLimited, headers: { "retry-after": "1" } }
    const upstream = await upstreamWith(limited)
    const server = await node(deafBus(), createMemoryKv())
    await setUp(server, upstream)
    await ask(server)
    upstream.answerWith(well)
    const startedAt = performance.now()
    expect((await ask(server)).status).toBe(200)
    expect(performance.now() - startedAt).toBeWithin(500, 3_000)
  })

  describe.each([
    ["by the bus", true, true],
    ["by the kv, when the bus loses everything", false, true],
    ["each for itself, when both lose everything", false, false],
  ])("two nodes learn who rests: %s", (_, hears, remembers) => {
    test("and use the channel again when one of them has found it well", async () => {
      const log = recordingLog()
      const shared = { bus: createMemoryBus(log), kv: createMemoryKv() }
      const makeBus = () => (hears ? { ...shared.bus, close: async () => {} } : deafBus())
      const makeKv = () => (remembers ? { ...shared.kv, close: async () => {} } : forgetfulKv())
      const down = await upstreamWith(faults.overloaded)
      const up = await upstreamWith(well)
      const here = await node(makeBus(), makeKv())
      const there = await node(makeBus(), makeKv())
      await setUp(here, up)
      const id = await here.addChannel({ baseUrl: down.url, priority: 9, models: [model] })
      await there.deps.live.reload()

      for (let request = 0; request < 2; request++) expect((await ask(here)).status).toBe(200)
      expect(down.requests).toHaveLength(2)
      await here.deps.syncHealth()
      await there.deps.syncHealth()
      expect((await ask(there)).status).toBe(200)
      expect(down.requests).toHaveLength(hears || remembers ? 2 : 3)

      down.answerWith(well)
      here.deps.health.restore({ channelId: id })
      await here.deps.syncHealth()
      await there.deps.syncHealth()
      expect((await ask(there)).status).toBe(200)
      expect(down.requests.length).toBe(hears || remembers ? 3 : 4)
    })
  })
})

withRedis("the health of channels", (env) => {
  test("is known to a node that hears of it, and to one that starts later", async () => {
    const { options, remove } = await freshSqlite()
    const db = await openDatabase(options)
    await migrate(db)
    const down = await simulate(faults.overloaded)
    const prefix = randomPrefix()
    const log = recordingLog()
    const nodes: TestServer[] = []
    const node = async () => {
      const redis = await connectRedis(env)
      const server = await startServer(db, {
        bus: await createRedisBus(redis, log, prefix),
        kv: createRedisKv(redis, log, prefix),
      })
      nodes.push(server)
      return server
    }
    const here = await node()
    const there = await node()
    await here.addChannel({ baseUrl: down.url })
    const channel = here.deps.live.current().channels[0]!
    const attempt = { channel, key: channel.keys[0]!, model: "m", beganAt: Date.now() }
    here.deps.health.failed(attempt, new UpstreamError("timeout", "slow"))
    await eventually(() => !there.deps.health.isWell(channel, "m"))
    await here.deps.syncHealth()
    const late = await node()
    expect(late.deps.health.isWell(channel, "m")).toBe(false)

    here.deps.health.restore({ channelId: channel.id })
    await eventually(() => there.deps.health.isWell(channel, "m"))
    for (const one of nodes) await one.close()
    await down.close()
    await db.close()
    await remove()
  })
})
