import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import type { Bus } from "@nio/server/core/deps"
import { createMemoryBus } from "@nio/server/infra/bus-memory"
import { type Browser, browserWith, question, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { recordingLog } from "../support/log.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const words = Array.from({ length: 150 }, (_, index) => `w${index} `)
const whole = words.join("")
const slowly = scriptedOpenAi({ chunks: words, delayMs: 15 })
const endless = scriptedOpenAi({ chunks: Array.from({ length: 4_000 }, () => "x"), delayMs: 15 })

/** Loses everything. */
const deafBus: Bus = {
  publish: async () => {},
  subscribe: async () => async () => {},
  close: async () => {},
}

eachDatabase("runs on two nodes", (open, engine) => {
  // SQLite means one process.
  if (engine === "sqlite") return

  for (const [kind, makeBus] of [
    ["with a bus", () => createMemoryBus(recordingLog())],
    ["when the bus loses everything", () => deafBus],
  ] as const) {
    describe(kind, () => {
      let nodes: [TestServer, TestServer]
      let upstream: SimulatedUpstream
      let here: Browser
      let there: Browser

      beforeAll(async () => {
        upstream = await simulate(slowly)
        const database = await open()
        const bus = makeBus()
        nodes = [
          await startServer(database.db, { bus, nodeId: "a" }),
          await startServer(await database.again(), { bus, nodeId: "b" }),
        ]
        await nodes[0].addChannel({ baseUrl: upstream.url })
        await nodes[0].setPrice({ models: ["m"] })
        await nodes[1].deps.live.reload()
        const { actor } = await nodes[0].addUser(1_000)
        here = await signIn(nodes[0].url, actor.name)
        there = browserWith(nodes[1].url, here.cookie)
      })
      afterAll(async () => {
        for (const node of nodes ?? []) await node.close()
        await upstream?.close()
      })

      test("a run is followed from another node to its end", async () => {
        upstream.answerWith(slowly)
        const first = await here.socket()
        first.send(question())
        const { runId, conversationId } = await first.next("accepted")
        await first.next("delta")
        const second = await there.socket()
        second.send({ type: "follow", conversationId, runId, after: 0 })
        await second.next("snapshot")
        const { message } = await second.next("done", 10_000)
        expect(message.text).toBe(whole)
        expect(second.textOf(runId)).toBe(whole)
        expect(second.frames.filter(({ type }) => type === "done")).toHaveLength(1)
        let shown = ""
        for (const frame of second.frames) {
          if (frame.type === "snapshot") shown = frame.text
          if (frame.type === "delta") shown += frame.text
          expect(whole.startsWith(shown)).toBe(true)
        }
        first.close()
        second.close()
      }, 15_000)

      test("a later run is announced on another node, and stopped from there", async () => {
        upstream.answerWith(endless)
        const first = await here.socket()
        first.send(question())
        const { runId, conversationId, answer } = await first.next("accepted")
        await first.next("delta")
        first.send({ type: "stop", runId })
        await first.next("done")

        const second = await there.socket()
        second.send({ type: "follow", conversationId, runId: null, after: 0 })
        await second.next("idle")
        first.send({ type: "regenerate", requestId: "again", messageId: answer.id, model: "m" })
        const again = await first.next("accepted")
        const started = await second.next("started", 5_000)
        expect(started).toMatchObject({ runId: again.runId, answer: { id: again.answer.id } })
        await eventually(() => second.textOf(again.runId).length > 5, 6_000)
        second.send({ type: "stop", runId: again.runId })
        const ends = await Promise.all([first.next("done", 5_000), second.next("done", 8_000)])
        expect(ends[0].message).toEqual(ends[1].message)
        expect(ends[0].message.state).toBe("stopped")
        first.close()
        second.close()
      }, 20_000)

      test("a conversation has one run, on whichever node it is asked for", async () => {
        upstream.answerWith(endless)
        const first = await here.socket()
        first.send(question())
        const { runId, answer } = await first.next("accepted")
        const second = await there.socket()
        second.send({ type: "regenerate", requestId: "other", messageId: answer.id, model: "m" })
        expect(await second.next("refused")).toMatchObject({ code: "run.active" })
        first.send({ type: "stop", runId })
        await first.next("done")
        first.close()
        second.close()
      })

      test("a session that ended on one node closes its sockets on another within three seconds", async () => {
        const { actor } = await nodes[0].addUser(0)
        const one = await signIn(nodes[0].url, actor.name)
        const socket = await browserWith(nodes[1].url, one.cookie).socket()
        await one.mutate("session.signOut")
        expect(await Promise.race([socket.closed, Bun.sleep(3_000)])).toMatchObject({ code: 4401 })
      })

      test("a revoked key stops on every node within three seconds", async () => {
        const { actor, key } = await nodes[0].addUser(0)
        const models = (node: TestServer) =>
          fetch(`${node.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
        expect((await models(nodes[1])).status).toBe(200)
        const owner = await signIn(nodes[0].url, actor.name)
        const [{ id }] = await owner.query("apiKey.list")
        await owner.mutate("apiKey.revoke", { id })
        expect((await models(nodes[0])).status).toBe(401)
        await eventually(async () => (await models(nodes[1])).status === 401, 3_000)
      })
    })
  }
})
