import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { messages, users } from "@nio/db"
import type { Bus } from "@nio/server/core/deps"
import { forgetActors } from "@nio/server/core/identity/actor-cache"
import { createRedisBus } from "@nio/server/infra/bus-redis"
import { connectRedis } from "@nio/server/infra/redis"
import { browserWith, question, signIn, testPassword } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { recordingLog } from "../support/log.ts"
import { randomPrefix, withRedis } from "../support/redis.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** Passwords are hashed, on a machine that may be busy. */
setDefaultTimeout(30_000)

const limitMs = 3_000
/** What a worker that counts tokens may take to start, on a machine that may be busy. */
const countingMs = 2_000
const endless = scriptedOpenAi({ chunks: Array.from({ length: 4_000 }, () => "x"), delayMs: 15 })

/** Loses everything. */
const deafBus: Bus = {
  publish: async () => {},
  subscribe: async () => async () => {},
  close: async () => {},
}

withRedis("the end of an account", (env) => {
  const prefix = randomPrefix()
  ends("over Redis", async () => createRedisBus(await connectRedis(env), recordingLog(), prefix))
})
ends("while the bus loses everything", async () => deafBus)

function ends(kind: string, makeBus: () => Promise<Bus>) {
  eachDatabase(`B10: on two nodes, ${kind}`, (open, engine) => {
    // SQLite means one process.
    if (engine === "sqlite") return
    let upstream: SimulatedUpstream
    let nodes: [TestServer, TestServer]

    beforeAll(async () => {
      upstream = await simulate(endless)
      const database = await open()
      nodes = [
        await startServer(database.db, { bus: await makeBus(), nodeId: "a" }),
        await startServer(await database.again(), { bus: await makeBus(), nodeId: "b" }),
      ]
      await nodes[0].addChannel({ baseUrl: upstream.url })
      await nodes[0].setPrice({ models: ["m"] })
      await nodes[1].deps.live.reload()
    })
    afterAll(async () => {
      for (const node of nodes ?? []) await node.close()
      await upstream?.close()
    })

    const withKey = (node: TestServer, key: string, stream = false) =>
      fetch(`${node.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "m", stream, messages: [{ role: "user", content: "hi" }] }),
      })

    test("B10: a ban ends sessions, sockets, keys and answers under way within three seconds", async () => {
      const [a, b] = nodes
      const { actor, key } = await a.addUser(1_000)
      const here = await signIn(a.url, actor.name)
      const there = browserWith(b.url, here.cookie)
      const sockets = [await here.socket(), await there.socket()]
      sockets[0]?.send(question())
      const started = await sockets[0]?.next("accepted")
      await sockets[0]?.next("delta")
      const stream = await withKey(b, key, true)
      expect(stream.status).toBe(200)
      const told = stream.text()

      await users.saveState(a.deps.db, actor.userId, "banned")
      await forgetActors(a.deps)
      const startedAt = performance.now()
      const closed = await Promise.all(sockets.map((socket) => socket.closed))
      expect(closed.map(({ code }) => code)).toEqual([4401, 4401])
      expect(await told).toContain('"error"')
      expect(performance.now() - startedAt).toBeLessThan(limitMs)
      // What was said until then is counted and charged before the row says so.
      const messageId = started?.answer.id ?? ""
      await eventually(
        async () => (await messages.find(a.deps.db, messageId))?.state === "interrupted",
      )

      for (const node of nodes) {
        const browser = browserWith(node.url, here.cookie)
        await eventually(async () => (await browser.query("session.current")).user === null)
        await eventually(async () => (await withKey(node, key)).status === 401)
        expect(performance.now() - startedAt).toBeLessThan(limitMs + countingMs)
        const again = browser.mutate("session.signIn", { name: actor.name, password: testPassword })
        expect(await browser.failure(again)).toEqual({
          status: 401,
          code: "auth.wrong-credentials",
          params: {},
        })
      }
      await eventually(() => nodes.every(({ deps }) => deps.underway.size() === 0))
    })

    test("a changed password ends the other sessions, their sockets and the keys on every node", async () => {
      const [a, b] = nodes
      const { actor, key } = await a.addUser(0)
      const models = ({ url }: TestServer) =>
        fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
      expect((await models(b)).status).toBe(200)
      const mine = await signIn(a.url, actor.name)
      const other = await signIn(b.url, actor.name)
      const socket = await other.socket()
      const change = { current: testPassword, next: "another one of mine" }
      await mine.mutate("session.changePassword", change)
      const startedAt = performance.now()
      expect((await socket.closed).code).toBe(4401)
      await eventually(async () => (await other.query("session.current")).user === null)
      for (const node of nodes) await eventually(async () => (await models(node)).status === 401)
      expect(performance.now() - startedAt).toBeLessThan(limitMs)
      expect((await mine.query("session.current")).user).not.toBeNull()
    })
  })
}
