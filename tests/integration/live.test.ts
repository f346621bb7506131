import { afterEach, expect, test } from "bun:test"
import { type Db, live as rows } from "@nio/db"
import { channelDefaults } from "@nio/server/contract"
import type { Bus } from "@nio/server/core/deps"
import { changeLive } from "@nio/server/core/live/change-live"
import { liveTopic } from "@nio/server/core/live/load-live"
import type { RedisEnv } from "@nio/server/env"
import { createRedisBus } from "@nio/server/infra/bus-redis"
import { connectRedis } from "@nio/server/infra/redis"
import { eachDatabase, type TestDatabase } from "../support/databases.ts"
import { type TestDeps, testDeps } from "../support/deps.ts"
import { eventually } from "../support/eventually.ts"
import { recordingLog } from "../support/log.ts"
import { randomPrefix, withOwnRedis, withRedis } from "../support/redis.ts"

/** What an edit may take to reach every node, also when its message is lost. */
const reachMsMax = 3_000

const config = {
  ...channelDefaults,
  provider: "openai",
  baseUrl: "https://upstream.test",
  models: ["m"],
}
const addChannel = (db: Db, id: string, own: object = {}, secrets: unknown = ["sk-1"]) =>
  db.orm.insert(db.t.channels).values({
    id,
    name: id,
    enabled: true,
    config: { ...config, ...own },
    secrets,
    updatedAt: 0,
  })
const addPrice = (db: Db, position: number, own: object = {}) =>
  db.orm.insert(db.t.prices).values({
    id: `p${position}`,
    position,
    type: "per-request",
    models: ["m"],
    input: 0,
    output: 5,
    anonymous: false,
    updatedAt: 0,
    ...own,
  })
const idsOf = (deps: TestDeps) => deps.live.current().channels.map(({ id }) => id)

/** Says nothing to anybody. */
const deafBus = (): Bus => ({
  publish: async () => {},
  subscribe: async () => async () => {},
  close: async () => {},
})

eachDatabase("the live view", (open, engine) => {
  const nodes: TestDeps[] = []
  const node = async (db: Db, overrides: Parameters<typeof testDeps>[1] = {}) => {
    const deps = await testDeps(db, overrides)
    nodes.push(deps)
    return deps
  }
  afterEach(async () => {
    for (const deps of nodes.splice(0)) await deps.close()
  })
  /** Another process where there can be one. */
  const elsewhere = ({ db, again }: TestDatabase) => (engine === "mysql" ? again() : db)

  test("an empty database is a view without channels and with every setting", async () => {
    const { db } = await open()
    const { live } = await node(db)
    expect(live.current()).toMatchObject({ revision: 0, channels: [] })
    expect(live.current().settings["site.title"]).toBe("Chat Nio")
  })

  test("M B1: an edit is in use on its own node when the call returns", async () => {
    const { db } = await open()
    const deps = await node(db)
    const result = await changeLive(deps, async (tx) => {
      await addChannel(tx, "c1")
      return "made"
    })
    expect(result).toBe("made")
    expect(idsOf(deps)).toEqual(["c1"])
    expect(deps.live.current().revision).toBe(1)
  })

  test("an edit reaches another node in time even when its message is lost", async () => {
    const database = await open()
    const here = await node(database.db, { bus: deafBus() })
    const there = await node(await elsewhere(database), { bus: deafBus() })
    await changeLive(here, (tx) => addChannel(tx, "c1"))
    expect(idsOf(there)).toEqual([])
    await eventually(() => idsOf(there).includes("c1"), reachMsMax)
  }, 10_000)

  test("a message makes it immediate", async () => {
    const database = await open()
    const here = await node(database.db)
    const there = await node(await elsewhere(database), { bus: here.bus })
    await changeLive(here, (tx) => addChannel(tx, "c1"))
    await eventually(() => idsOf(there).includes("c1"), 500)
  })

  test("a request keeps the view it began with", async () => {
    const { db } = await open()
    const deps = await node(db)
    await changeLive(deps, (tx) => addChannel(tx, "c1"))
    const underWay = deps.live.current()
    await changeLive(deps, (tx) => addChannel(tx, "c2"))
    expect(underWay.channels.map(({ id }) => id)).toEqual(["c1"])
    expect(underWay.byModel.get("m")).toHaveLength(1)
    expect(deps.live.current().byModel.get("m")).toHaveLength(2)
    expect(Object.isFrozen(underWay)).toBe(true)
  })

  test("an edit that fails changes nothing, not even the revision", async () => {
    const { db } = await open()
    const deps = await node(db)
    const failing = changeLive(deps, async (tx) => {
      await addChannel(tx, "c1")
      throw new Error("no")
    })
    expect(failing).rejects.toThrow("no")
    await failing.catch(() => {})
    await deps.live.reload()
    expect(deps.live.current()).toMatchObject({ revision: 0, channels: [] })
  })

  test("16 edits at once are all there, each with a revision of its own", async () => {
    const database = await open()
    const here = await node(database.db)
    const there = await node(await elsewhere(database))
    await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        changeLive(n % 2 ? here : there, (tx) => addChannel(tx, `c${n}`)),
      ),
    )
    expect(await rows.readRevision(database.db, liveTopic)).toBe(16)
    await eventually(() => idsOf(here).length === 16 && idsOf(there).length === 16, reachMsMax)
  }, 10_000)

  test("broken rows are left out and named, the rest goes on", async () => {
    const { db } = await open()
    await addChannel(db, "good")
    await addChannel(db, "no-models", { models: [] })
    await addChannel(db, "stranger", { provider: "nobody-knows" })
    await addChannel(db, "keyless", {}, [])
    await addChannel(db, "nonsense", {}, "sk-not-a-list")
    await addPrice(db, 1, { models: "m" })
    await addPrice(db, 2, { output: 7 })
    await rows.saveSetting(db, { key: "site.title", value: 5, updatedAt: 0 })

    const deps = await node(db)
    expect(idsOf(deps)).toEqual(["good"])
    expect(deps.live.current().prices.get("m")?.output).toBe(7)
    expect(deps.live.current().settings["site.title"]).toBe("Chat Nio")
    const broken = deps.logged
      .filter(({ level }) => level === "warn")
      .map(({ fields }) => fields.id)
    expect(broken.toSorted()).toEqual([
      "keyless",
      "no-models",
      "nonsense",
      "p1",
      "site.title",
      "stranger",
    ])
    expect(JSON.stringify(deps.logged)).not.toContain("sk-")
  })

  test("a row from before a field existed is read with the default", async () => {
    const { db } = await open()
    const { tries: _, weight: __, ...old } = config
    await db.orm
      .insert(db.t.channels)
      .values({ id: "old", name: "old", enabled: true, config: old, secrets: ["k"], updatedAt: 0 })
    const deps = await node(db)
    expect(deps.live.current().channels[0]).toMatchObject({ tries: 1, weight: 1 })
  })

  test("the higher priority is listed first and the first price rule wins", async () => {
    const { db } = await open()
    await addChannel(db, "low")
    await addChannel(db, "high", { priority: 9, mapping: ["alias>m"] })
    await addPrice(db, 2, { output: 9 })
    await addPrice(db, 1, { output: 1 })
    const { live } = await node(db)
    const { byModel, prices } = live.current()
    expect(byModel.get("m")?.map(({ id }) => id)).toEqual(["high", "low"])
    expect(byModel.get("alias")?.map(({ id }) => id)).toEqual(["high"])
    expect(prices.get("m")).toEqual({ type: "per-request", input: 0, output: 1, anonymous: false })
  })

  test("a disabled channel is not in the view", async () => {
    const { db } = await open()
    await addChannel(db, "off")
    await db.orm.update(db.t.channels).set({ enabled: false })
    expect(idsOf(await node(db))).toEqual([])
  })

  test("when loading fails the old view stays and the log says it", async () => {
    const { db } = await open()
    let broken = false
    const flaky: Db = {
      ...db,
      get orm() {
        if (broken) throw new Error("the database is away")
        return db.orm
      },
    }
    const deps = await node(flaky)
    await changeLive(deps, (tx) => addChannel(tx, "c1"))
    broken = true
    await deps.live.reload()
    expect(idsOf(deps)).toEqual(["c1"])
    expect(deps.logged.at(-1)?.message).toContain("the old one stays")
    broken = false
  })
})

const overRedis = async (db: Db, env: RedisEnv, prefix: string) => {
  const redis = await connectRedis(env)
  const bus = await createRedisBus(redis, recordingLog(), prefix)
  const deps = await testDeps(db, { bus })
  return { deps, close: () => deps.close().then(() => redis.disconnect()) }
}

withRedis("the live view", (env) => {
  eachDatabase("over Redis", (open, engine) => {
    test("an edit reaches another node at once", async () => {
      const { db, again } = await open()
      const prefix = randomPrefix()
      const here = await overRedis(db, env, prefix)
      const there = await overRedis(engine === "mysql" ? await again() : db, env, prefix)
      await changeLive(here.deps, (tx) => addChannel(tx, "c1"))
      await eventually(() => idsOf(there.deps).includes("c1"), 500)
      await here.close()
      await there.close()
    })
  })
})

withOwnRedis("the live view", (start) => {
  eachDatabase("while Redis is away", (open, engine) => {
    test("an edit is in use here at once and reaches another node in time", async () => {
      const { db, again } = await open()
      const server = await start()
      const here = await overRedis(db, server.env, "")
      const there = await overRedis(engine === "mysql" ? await again() : db, server.env, "")
      await server.kill()
      await changeLive(here.deps, (tx) => addChannel(tx, "c1"))
      expect(idsOf(here.deps)).toEqual(["c1"])
      await eventually(() => idsOf(there.deps).includes("c1"), reachMsMax)
      await here.close()
      await there.close()
    }, 10_000)
  })
})
