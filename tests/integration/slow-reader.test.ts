import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { type Browser, question, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { pausedSocket } from "../support/paused-socket.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const chunk = "x".repeat(32_000)
const chunks = Array.from({ length: 600 }, () => chunk)

eachDatabase("a reader that is too slow", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let browser: Browser

  beforeAll(async () => {
    upstream = await simulate(scriptedOpenAi({ chunks, delayMs: 3 }))
    server = await startServer((await open()).db)
    await server.addChannel({ baseUrl: upstream.url })
    await server.setPrice({ models: ["m"], type: "free", input: 0, output: 0 })
    browser = await signIn(server.url, (await server.addUser(0)).actor.name)
  })
  afterAll(async () => {
    await server?.close()
    await upstream?.close()
  })

  test("holds up nobody, is queued for by nobody, and still sees the end (F6)", async () => {
    const fast = await browser.socket()
    fast.send(question())
    const { runId, conversationId } = await fast.next("accepted")
    const slow = await pausedSocket(server.url, await browser.ticket())
    slow.send({ type: "follow", conversationId, runId, after: 0 })

    const { message } = await fast.next("done", 20_000)
    expect(message.text.length).toBe(chunk.length * chunks.length)
    const frames = await slow.readUntil("done")
    const end = frames.find((frame) => frame.type === "done")
    expect(end).toMatchObject({ message: { id: message.id, state: "done" } })
    expect(slow.bytes()).toBeLessThan(1.6 * message.text.length)
    slow.close()
    fast.close()
  }, 30_000)
})
