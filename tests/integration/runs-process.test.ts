import { afterAll, expect, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { channelDefaults } from "@nio/server/contract"
import { browserWith, question, signIn, testPassword } from "../support/browser.ts"
import { endless } from "../support/chat-server.ts"
import { eventually } from "../support/eventually.ts"
import { freePort } from "../support/free-port.ts"

const main = join(import.meta.dir, "../../apps/server/src/main.ts")
const folder = await mkdtemp(join(tmpdir(), "nio-crash-"))
const port = await freePort()
const url = `http://127.0.0.1:${port}`
let child: ReturnType<typeof start> | undefined

const start = () =>
  Bun.spawn([process.execPath, main], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: folder,
      CONFIG_DIR: folder,
      ROOT_PASSWORD: testPassword,
      SERVE_STATIC: "false",
    },
    stdout: "ignore",
    stderr: "ignore",
  })
const isReady = () =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

afterAll(async () => {
  child?.kill("SIGKILL")
  await rm(folder, { recursive: true, force: true })
})

test("a server killed in the middle of an answer finds it interrupted when it is back, and goes on with it", async () => {
  await using upstream = await simulate(endless)
  child = start()
  await eventually(isReady, 10_000)
  const root = await signIn(url, "root", testPassword)
  await root.mutate("channel.create", {
    ...channelDefaults,
    name: "upstream",
    enabled: true,
    provider: "openai",
    baseUrl: upstream.url,
    models: ["m"],
    secrets: ["sk-upstream"],
  })
  const socket = await root.socket()
  socket.send(question())
  const { runId, conversationId, answer } = await socket.next("accepted")
  await Bun.sleep(2_100)
  const seen = socket.textOf(runId).length

  child.kill("SIGKILL")
  await child.exited
  child = start()
  await eventually(isReady, 10_000)

  const again = browserWith(url, root.cookie)
  const stored = await again.query("conversation.get", { id: conversationId })
  const message = stored.messages.at(-1)
  expect(message).toMatchObject({ id: answer.id, state: "interrupted" })
  expect(stored.runId).toBeNull()
  // Two seconds of an answer is the most that a crash may lose.
  expect(message.text.length).toBeGreaterThan(0)
  expect(message.text.length).toBeLessThanOrEqual(seen + 10)

  upstream.answerWith(scriptedOpenAi({ chunks: [" and", " so on"] }))
  const other = await again.socket()
  other.send({ type: "continue", requestId: "go-on", messageId: answer.id, model: "m" })
  const done = await other.next("done", 5_000)
  expect(done.message).toMatchObject({ text: `${message.text} and so on`, state: "done" })
  other.close()
}, 40_000)

test("a server told to stop finishes its answers, closes its sockets and ends", async () => {
  await using upstream = await simulate(
    scriptedOpenAi({ chunks: Array.from({ length: 30 }, () => "word "), delayMs: 20 }),
  )
  const root = await signIn(url, "root", testPassword)
  const [channel] = await root.query("channel.list")
  await root.mutate("channel.update", { id: channel.id, edit: { baseUrl: upstream.url } })
  const [socket, idle] = [await root.socket(), await root.socket()]
  socket.send(question())
  await socket.next("delta")

  child?.kill("SIGTERM")
  expect((await socket.next("done", 5_000)).message).toMatchObject({ state: "done" })
  expect((await Promise.all([socket.closed, idle.closed])).map(({ code }) => code)).toEqual([
    1012, 1012,
  ])
  expect(await Promise.race([child?.exited, Bun.sleep(3_000)])).toBe(0)
}, 20_000)
