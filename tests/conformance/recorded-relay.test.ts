import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { migrate, openDatabase } from "@nio/db"
import { freshSqlite } from "../support/databases.ts"
import { type Inbound, inbounds, type Question } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { planOf } from "./providers/plan.ts"
import { type Recording, readRecordings } from "./providers/recordings.ts"

const found = await readRecordings()

/** Good answers of those whose format callers may speak, too. */
const recordings = (found ?? []).filter(
  (recording) =>
    /^(openai|anthropic|gemini)\/(?!completions|.*error)/.test(recording.name) &&
    recording.status === 200 &&
    planOf(recording).as === "chat",
)

/** Where a format has no other place for them. */
const pictures = /!\[image\]\([^)]*\)/g

function formatOf({ name, endpoint }: Recording): Inbound {
  const id = endpoint.includes("responses") ? "responses" : name.split("/")[0]
  return inbounds.find((inbound) => inbound.id === id)!
}

if (recordings.length === 0) skipSuite("recorded answers through the relay", "no recordings here")
else describe("recorded answers through the relay", relayed)

function relayed() {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let cleanUp: () => Promise<void>

  beforeAll(async () => {
    const { options, remove } = await freshSqlite()
    const db = await openDatabase(options)
    await migrate(db)
    server = await startServer(db)
    upstream = await simulate({})
    const providers = [...new Set(inbounds.map(({ provider }) => provider))]
    for (const provider of providers)
      await server.addChannel({ baseUrl: upstream.url, provider, models: [provider] })
    await server.setPrice({ models: providers, type: "free" })
    key = (await server.addUser(1)).key
    cleanUp = async () => {
      await server.close()
      await db.close()
      await remove()
      await upstream.close()
    }
  })
  afterAll(() => cleanUp())

  async function ask(inbound: Inbound, question: Question) {
    const response = await fetch(`${server.url}${inbound.path(question)}`, {
      method: "POST",
      headers: inbound.auth(key),
      body: JSON.stringify(inbound.body(question)),
    })
    return { status: response.status, text: await response.text() }
  }

  const play = ({ headers, body }: Recording) =>
    upstream.answerWith({
      headers: { "content-type": headers["content-type"] ?? "application/json" },
      body,
    })

  test.each(recordings.map((recording) => [recording.name, recording] as const))(
    "%s: byte by byte to its own callers, the same words to all others",
    async (_, recording) => {
      const own = formatOf(recording)
      const { stream, body } = recording
      const model = own.provider
      play(recording)
      const options = { stream_options: { include_usage: true } }
      const passed = await ask(own, {
        model,
        stream,
        ...(own.id === "openai" && stream && options),
      })
      expect(passed.status).toBe(200)
      expect(passed.text.startsWith(Buffer.from(body).toString().trimEnd())).toBe(true)

      // OpenAI's channel answers a caller of responses at another address.
      const isResponse = own.id === "responses"
      const others = inbounds.filter(
        (inbound) => (inbound.id === "responses") === isResponse && (inbound !== own || stream),
      )
      const said = []
      for (const inbound of others) {
        play(recording)
        const { status, text } = await ask(inbound, { model })
        expect(status).toBe(200)
        said.push(inbound.textOf(JSON.parse(text)).replace(pictures, ""))
      }
      expect(new Set(said).size).toBe(Math.min(1, others.length))
    },
  )
}
