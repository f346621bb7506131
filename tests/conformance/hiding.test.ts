import { afterAll, beforeAll, expect, test } from "bun:test"
import { providers } from "@nio/adapters"
import {
  type Fault,
  type Mock,
  mishaps,
  mocks,
  refusalKinds,
  startMock,
  type Transcript,
} from "@nio/adapters/testing"
import { createLog } from "@nio/server/infra/log"
import type { Browser } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startHttpProxy } from "../support/proxies.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const host = "marker-host.test"
const login = { username: "marker-proxy-user", password: "marker-proxy-password" }
const header = "marker-header-value"
/** What nobody may read; the keys of the mocks come in addition. */
const marks = [login.username, login.password, header]

/** Those that hang up instead of saying why. */
const wordless = ["bing"]
/** Silence says nothing. */
const faults: Fault[] = [
  ...refusalKinds,
  ...mishaps.filter((mishap) => mishap !== "mute" && mishap !== "silence"),
]
/** Where a fault is planted: in the sentence alone, as upstreams do, or in every field and header. */
const places = ["message", "everywhere"] as const

const callers: Record<string, (model: string, stream: boolean) => { path: string; body: object }> =
  {
    openai: (model, stream) => ({
      path: "/v1/chat/completions",
      body: { model, stream, messages: [{ role: "user", content: "hi" }] },
    }),
    responses: (model, stream) => ({ path: "/v1/responses", body: { model, stream, input: "hi" } }),
    gemini: (model, stream) => ({
      path: `/v1beta/models/${model}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
      body: { contents: [{ role: "user", parts: [{ text: "hi" }] }] },
    }),
    anthropic: (model, stream) => ({
      path: "/v1/messages",
      body: { model, stream, max_tokens: 9, messages: [{ role: "user", content: "hi" }] },
    }),
  }

eachDatabase("what upstreams say of us", (open, engine) => {
  if (engine === "mysql") return
  let server: TestServer
  let admin: Browser
  let key: string
  const lines: string[] = []
  beforeAll(async () => {
    const log = createLog("debug", { write: (line) => void lines.push(line) })
    server = await startServer((await open()).db, { log })
    admin = await signInAdmin(server, "boss")
    key = (await server.addUser(1_000_000)).key
  })
  afterAll(() => server.close())

  test.each(Object.keys(mocks).filter((id) => providers.has(id)))(
    "%s: no key, address, header or login leaves the server (C6, S24)",
    async (id) => {
      const mock = await mocks[id]!()
      const model = providers.get(id)?.models[0] ?? "model"
      const { baseUrl, key: secret } = mock.channel(`http://${host}`)
      const secrets = [...marks, ...secretsIn(secret)].filter((mark) => mark !== model)
      await server.setPrice({ models: [id] })
      const leaks: string[] = []
      let concealed = 0

      for (const fault of faults) {
        for (const place of places) {
          const upstream = await startMock(planted(mock, place, secrets), { fault })
          const proxy = await startHttpProxy(Number(new URL(upstream.url).port), login)
          const channel = await server.addChannel({
            baseUrl,
            provider: id,
            models: [model],
            mapping: [`${id}>${model}`],
            secrets: [secret],
            headers: { "x-gateway": header },
            proxy: { scheme: "http", host: "127.0.0.1", port: proxy.port, login },
            firstByteSeconds: 2,
            idleSeconds: 2,
          })
          const addresses = [host, `:${proxy.port}`, new URL(upstream.url).host]
          const look = (where: string, text: string, marks = [...secrets, ...addresses]) => {
            if (text.includes("***")) concealed++
            for (const mark of marks)
              if (text.includes(mark))
                leaks.push(`${fault}, ${place}: ${where} tells ${mark}: ${around(text, mark)}`)
          }
          for (const [dialect, write] of Object.entries(callers))
            for (const stream of [false, true])
              look(
                `${dialect}${stream ? ", streaming" : ""}`,
                await ask(server, key, write(id, stream)),
              )
          look(
            "the test",
            JSON.stringify(await admin.mutate("channel.test", { id: channel, model: id })),
          )
          look("the list", JSON.stringify(await admin.query("channel.list")), secrets)
          look("the health", JSON.stringify(await admin.query("channel.health")))
          look("the log", lines.splice(0).join("\n"))
          await server.removeChannel(channel)
          await proxy.close()
          await upstream.close()
        }
      }
      const { orm, t } = server.deps.db
      const usage = JSON.stringify(await orm.select().from(t.usageLog))
      for (const mark of secrets)
        if (usage.includes(mark)) leaks.push(`the usage log tells ${mark}`)
      expect([...new Set(leaks)]).toEqual([])
      // Had nothing been said, nothing would have been hidden.
      if (!wordless.includes(id)) expect(concealed).toBeGreaterThan(0)
    },
    60_000,
  )
})

/** The parts of a key that are secret: not the names of places and versions in it. */
function secretsIn(key: string): string[] {
  const parts = key
    .split("|")
    .filter((part) => part.length > 6 && !/^https?:|^[a-z]+-[a-z]+-\d$/.test(part))
  return parts.flatMap((part) => [part, Buffer.from(part).toString("base64")])
}

const around = (text: string, mark: string) => {
  const at = text.indexOf(mark)
  return text.slice(Math.max(0, at - 60), at + mark.length + 40)
}

async function ask(
  server: TestServer,
  key: string,
  { path, body }: { path: string; body: object },
) {
  const answer = await fetch(server.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  return JSON.stringify([...answer.headers]) + (await answer.text())
}

/** The mock, with what must not be read in everything it says of a failure. */
function planted(mock: Mock, place: (typeof places)[number], secrets: readonly string[]): Mock {
  const words = [...secrets, `http://${host}/v1?key=${secrets.at(-2)}`].join(" and ")
  const everywhere = (transcript: Transcript): Transcript => ({
    ...transcript,
    headers: { ...plantedHeaders(words), ...transcript.headers },
    ...(typeof transcript.body === "string" && { body: inEachField(transcript.body, words) }),
  })
  return {
    ...mock,
    async answer(seen, script) {
      const answer = await mock.answer(seen, script)
      if (place === "message") return answer
      return { ...answer, headers: { ...plantedHeaders(words), ...answer.headers } }
    },
    refuse(refusal, seen) {
      if (place === "message")
        return mock.refuse({ ...refusal, message: `${refusal.message}: ${words}` }, seen)
      return everywhere(mock.refuse(refusal, seen))
    },
    ...(mock.breakOff && {
      breakOff: (refusal) =>
        mock.breakOff!({ ...refusal, message: `${refusal.message}: ${words}` }),
    }),
  }
}

const plantedHeaders = (words: string) => ({
  ...Object.fromEntries(
    ["x-request-id", "request-id", "server", "set-cookie", "www-authenticate", "x-debug"].map(
      (name) => [name, words],
    ),
  ),
  location: `http://${host}/${encodeURIComponent(words)}`,
})

/** Adds words to every string of a document, or to the text that is none. */
function inEachField(body: string, words: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (_, value) =>
      typeof value === "string" ? `${value} ${words}` : value,
    )
  } catch {
    return `${body} ${words}`
  }
}
