import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import type { Browser } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { procedures, withAt } from "../support/procedures.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

/** What a search may cost on a small site, on a busy machine. */
const searchMsMax = 2_000
const patienceMs = 60_000
const hostile = [
  "' or 1=1 -- ",
  `" or ""="`,
  "'; drop table users; -- ",
  "\\",
  "\\'",
  "%",
  "_",
  "%".repeat(60),
  "_".repeat(60),
  "%_".repeat(30),
  "!%",
  "a\u0000b",
  "0x27",
  "') union select password_hash from users -- ",
]

eachDatabase("attacks by single requests", (openDatabase) => {
  let server: TestServer
  let admin: Browser
  let upstream: SimulatedUpstream
  let key: string
  let userId: string

  beforeAll(async () => {
    server = await startServer((await openDatabase()).db)
    admin = await signInAdmin(server, "operator")
    upstream = await simulate(scriptedOpenAi({ chunks: ["Hi"] }))
    await server.addChannel({ baseUrl: upstream.url })
    await server.setPrice({ models: ["m"] })
    const added = await server.addUser(10)
    key = added.key
    userId = added.actor.userId
    for (let user = 0; user < 3; user++) await server.addUser(0)
  }, patienceMs)
  afterAll(async () => {
    await server.close()
    await upstream.close()
  }, patienceMs)

  const places = procedures().flatMap((procedure) =>
    procedure.type === "query"
      ? ["search", "actor", "model", "act", "cursor"].map((name) => ({ ...procedure, name }))
      : [],
  )

  test(
    "B13: what is searched for is a value, never a part of a statement, and costs little",
    async () => {
      const found: string[] = []
      let asked = 0
      for (const { path, sample, name } of places) {
        const plain = await fetchQuery(path, sample)
        if (plain.status !== 200) continue
        for (const text of hostile) {
          const began = performance.now()
          const { status, body } = await fetchQuery(path, withAt(sample, [name], text))
          const ms = performance.now() - began
          asked++
          if (status >= 500) found.push(`${path} ${name} breaks at ${JSON.stringify(text)}`)
          if (ms > searchMsMax) found.push(`${path} ${name} takes ${Math.round(ms)} ms`)
          if (/sql|syntax|passwordHash|\$argon2/i.test(body)) found.push(`${path} ${name}: ${body}`)
        }
      }
      expect(found).toEqual([])
      expect(asked).toBeGreaterThan(50)
      expect((await admin.query("user.list", { limit: 100 })).items.length).toBeGreaterThan(4)
    },
    patienceMs,
  )

  const fetchQuery = async (path: string, input: unknown) => {
    const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const response = await fetch(`${server.url}/trpc/${path}${search}`, {
      headers: { cookie: admin.cookie },
    })
    return { status: response.status, body: await response.text() }
  }

  test("B13: a wildcard finds itself alone", async () => {
    for (const search of ["%", "_", "%%%%"])
      expect((await admin.query("user.list", { limit: 100, search })).items).toEqual([])
  })

  test.each([...hostile.filter((text) => !text.includes("\u0000")), "x".repeat(8_000)])(
    "B13: the key %j is nobody's, at little cost",
    async (text) => {
      const began = performance.now()
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${text}` } }),
        ),
      )
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(401))
      expect(performance.now() - began).toBeLessThan(searchMsMax)
    },
  )

  const privatePaths = [
    "/trpc/user.list?input=%7B%22limit%22%3A5%7D",
    "/trpc/setting.list",
    "/trpc/channel.list",
  ]
  const disguises: ((path: string) => string)[] = [
    (path) => path.replace("/trpc", "//trpc"),
    (path) => path.replace("/trpc/", "/trpc//"),
    (path) => path.replace("/trpc/", "/TRPC/"),
    (path) => path.replace("/trpc/", "/v1/..;/trpc/"),
    (path) => path.replace("/trpc/", "/trpc/./"),
    (path) => path.replace("/trpc/", "/x/..%2ftrpc/"),
    (path) => path.replace("/trpc/", "/trpc%2f"),
    (path) => path.replace(".list", "%2elist"),
    (path) => path.replace(".list", ".list."),
    (path) => path.replace(".list", ".list/"),
    (path) => path.replace(".list", ".list%00"),
    (path) => path.replace(".list", ".LIST"),
    (path) => path.replace(".list", ".list,session.current"),
  ]
  const forged: Record<string, string>[] = [
    {},
    { host: "localhost" },
    { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", forwarded: "for=127.0.0.1" },
    { "x-forwarded-host": "localhost", "x-forwarded-proto": "https" },
    { "x-original-url": "/trpc/setting.list", "x-rewrite-url": "/trpc/setting.list" },
    { "x-http-method-override": "PUT", "x-user-id": "1", "x-forwarded-user": "operator" },
  ]

  test(
    "B3: no spelling of a path and no header opens what is closed",
    async () => {
      const opened: string[] = []
      for (const path of privatePaths)
        for (const spelled of [path, ...disguises.map((disguise) => disguise(path))])
          for (const headers of forged) {
            const response = await fetch(`${server.url}${spelled}`, { headers })
            const body = await response.text()
            if (response.status >= 500) opened.push(`${spelled} breaks: ${response.status}`)
            if (/"operator"|"site\.title"|"items"|"baseUrl"/.test(body)) opened.push(spelled)
          }
      expect(opened).toEqual([])
    },
    patienceMs,
  )

  test("B3: a metrics page is not read by who says to be this machine", async () => {
    for (const headers of forged.filter((one) => "x-forwarded-for" in one))
      expect((await fetch(`${server.url}/metrics`, { headers })).status).toBe(404)
  })

  test(
    "S6, S7: there is nothing that serves or deletes a file by its name",
    async () => {
      const names = [
        "..%2f..%2fetc%2fpasswd",
        "../../config/config.yaml",
        "....//nio.sqlite",
        "secret",
      ]
      const routes = ["article/download", "generation/download", "admin/logger/download", "files"]
      for (const route of [...routes, ...routes.map((one) => `api/${one}`)])
        for (const name of names)
          for (const address of [
            `/${route}/${name}`,
            `/${route}?path=${name}`,
            `/${route}/x?file=${name}`,
          ])
            for (const method of ["GET", "POST", "DELETE"]) {
              const response = await fetch(`${server.url}${address}`, {
                method,
                headers: { authorization: `Bearer ${key}` },
              })
              expect([address, response.status]).toEqual([address, 404])
            }
    },
    patienceMs,
  )

  test("S21: what goes wrong inside is told to nobody in the words of the database", async () => {
    const long = "x".repeat(36)
    for (const id of [long, "\u0000", "🙂".repeat(10), "' or 1=1"]) {
      const { status, body } = await fetchQuery("conversation.get", { id })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(body).not.toMatch(/sql|select|Error:|at \/|stack/i)
    }
  })

  test(
    "A6: no number a caller names makes an answer cost less than nothing",
    async () => {
      const ask = (own: object) =>
        fetch(`${server.url}/v1/chat/completions`, {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "x" }], ...own }),
        })
      const available = () => server.deps.ledger.available(userId)
      const before = await available()
      for (const own of [
        { max_tokens: -1 },
        { max_tokens: 0 },
        { max_tokens: 2 ** 53 },
        { max_tokens: "9e9" },
        { max_tokens: -1e308 },
        { n: 1_000 },
        { n: -1 },
      ]) {
        const left = await available()
        const { status } = await ask(own)
        await server.deps.underway.drained(5_000)
        expect([own, status < 500]).toEqual([own, true])
        expect(await available()).toBeLessThanOrEqual(left)
      }
      expect(await available()).toBeGreaterThanOrEqual(0)
      expect(await available()).toBeLessThanOrEqual(before)
      expect(await verifyLedger(server.deps)).toEqual([])
    },
    patienceMs,
  )
})
