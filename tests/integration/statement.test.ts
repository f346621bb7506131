import { afterAll, beforeAll, expect, test } from "bun:test"
import { billing } from "@nio/db"
import type { Browser } from "../support/browser.ts"
import { signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { usageOf } from "../support/ledger.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const always = { from: 0, until: 8e15 }
/** 2 and 8 points per million tokens. */
const price = { type: "per-token" as const, input: 2_000_000, output: 8_000_000, details: null }

/** A busy machine takes its time over the schema. */
const startMsMax = 30_000

eachDatabase("statements", (open) => {
  let server: TestServer
  let admin: Browser
  let person: Browser
  let other: Browser
  let userId: string
  let keyId: string
  let otherId: string
  let at = Date.now() - 1_000_000

  beforeAll(async () => {
    let now = Date.now
    server = await startServer((await open()).db, { now: () => now() })
    admin = await signInAdmin(server, "boss")
    const { actor } = await server.addUser(10)
    userId = actor.userId
    person = await signIn(server.url, actor.name)
    const stranger = await server.addUser(5)
    otherId = stranger.actor.userId
    other = await signIn(server.url, stranger.actor.name)
    const [key] = await person.query("apiKey.list")
    keyId = key.id
    now = () => ++at
    await answered({ inputTokens: 1_200, outputTokens: 300 }, 4_800)
    await answered({ inputTokens: 7, outputTokens: 0, keyId }, 14)
    await answered({ model: "other", usageFrom: "cache", keyId }, 0, false)
    await answered({ model: "=cmd()", inputTokens: 1, outputTokens: 0 }, 2)
    now = Date.now
  }, startMsMax)
  afterAll(() => server?.close())

  async function answered(own: object, charge: number, held = true) {
    const { ledger } = server.deps
    const id = Bun.randomUUIDv7()
    const usage = usageOf(userId, { price, ...own } as object)
    const amount = held ? charge + 100 : 0
    expect(await ledger.open({ id, accountId: userId, amount, usage })).toBe(true)
    await ledger.settle(id, { held, charge, usage })
    return id
  }

  const list = (input: object = {}, who = person) =>
    who.query("statement.list", { ...always, limit: 50, ...input })

  test("every movement is there once, the newest first, and they add up to the balance", async () => {
    const { items, next } = await list()
    expect(next).toBeNull()
    expect(items.map(({ kind, points }: any) => [kind, points])).toEqual([
      ["credit", 10_000_000],
      ["answer", -2],
      ["answer", 0],
      ["answer", -14],
      ["answer", -4_800],
    ])
    const { available } = await person.query("account.balance")
    const sum = items.reduce((sum: number, { points }: any) => sum + points, 0)
    expect(sum).toBe(available)
  })

  test("an answer says by which formula it came to its charge, and a channel is never shown", async () => {
    const { items } = await list()
    const { answer } = items.at(-1)
    expect(answer).toMatchObject({
      model: "gpt-4o",
      inputTokens: 1_200,
      outputTokens: 300,
      usageFrom: "upstream",
      writtenOff: 0,
    })
    expect(answer.formula).toEqual({
      steps: [
        { what: "input", units: 1_200, rate: 2_000_000, per: 1_000_000, subtotal: "0.0024" },
        { what: "output", units: 300, rate: 8_000_000, per: 1_000_000, subtotal: "0.0024" },
      ],
      longContext: false,
      sum: "0.0048",
      rounding: "0",
      total: 4_800,
    })
    expect(JSON.stringify(items)).not.toContain("channel")
  })

  test("pages follow each other without a gap, also where many things happened at one moment", async () => {
    const same = server.deps.now()
    for (let index = 0; index < 7; index++)
      await billing.creditAccount(server.deps.db, {
        id: Bun.randomUUIDv7(),
        accountId: otherId,
        amount: index + 1,
        reference: `redeem:${index}`,
        reason: "",
        createdAt: same,
      })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ limit: 3, ...(cursor && { cursor }) }, other)
      seen.push(...page.items.map(({ id }: { id: string }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(8)
    expect(seen).toHaveLength(8)
  })

  test.each([
    ["answers", { kind: "answer" }, [-2, 0, -14, -4_800]],
    ["credits", { kind: "credit" }, [10_000_000]],
    ["debits", { kind: "debit" }, []],
    ["a model", { model: "other" }, [0]],
    ["a model and what it is no kind of", { model: "other", kind: "credit" }, [0]],
    ["a time", { until: 1 }, []],
  ])("a filter lets %s through alone", async (_, filter, expected) => {
    const { items } = await list(filter)
    expect(items.map(({ points }: any) => points)).toEqual(expected)
  })

  test("a key's own lines bear its name", async () => {
    const { items } = await list({ keyId })
    expect(items).toHaveLength(2)
    expect(items[0].answer.key).toEqual({ id: keyId, name: "test" })
  })

  test("sums by day, model and key agree with the lines", async () => {
    const sums = await person.query("statement.totals", { ...always, utcOffset: 480 })
    expect(sums.byDay.reduce((sum: number, { charge }: any) => sum + charge, 0)).toBe(4_816)
    expect(sums.byModel).toEqual([
      { model: "gpt-4o", requests: 2, charge: 4_814 },
      { model: "=cmd()", requests: 1, charge: 2 },
      { model: "other", requests: 1, charge: 0 },
    ])
    expect(sums.byKey).toEqual([
      { key: null, requests: 2, charge: 4_802 },
      { key: { id: keyId, name: "test" }, requests: 2, charge: 14 },
    ])
  })

  test("somebody else's statement is theirs", async () => {
    const { items } = await list({ keyId }, other)
    expect(items).toEqual([])
    for (const path of ["statement.listSite", "statement.siteTotals"]) {
      const asked = person.query(path, { ...always, limit: 5, utcOffset: 0, userId: otherId })
      expect(await person.failure(asked)).toMatchObject({ status: 403, code: "auth.forbidden" })
    }
    const file = await fetch(`${server.url}/files/site-statement.csv?from=0&until=9`, {
      headers: { cookie: person.cookie },
    })
    expect(file.status).toBe(403)
    expect((await fetch(`${server.url}/files/statement.csv?from=0&until=9`)).status).toBe(401)
  })

  test("the operator sees everybody's, with channel, cost and margin", async () => {
    const { items } = await admin.query("statement.listSite", { ...always, limit: 100 })
    expect(items).toHaveLength(13)
    const line = items.find(({ points }: any) => points === -4_800)
    expect(line).toMatchObject({ user: { id: userId }, channel: "channel", cost: 0, margin: 4_800 })
    const own = await admin.query("statement.listSite", { ...always, limit: 100, userId })
    expect(own.items).toHaveLength(5)
    const sums = await admin.query("statement.siteTotals", { ...always, utcOffset: 0 })
    expect(sums.byModel).toContainEqual({ model: "gpt-4o", requests: 2, charge: 4_814 })
  })

  test("D6: the file holds every line, and nothing that a spreadsheet would run", async () => {
    const path = `/files/statement.csv?from=0&until=${always.until}`
    const answer = await fetch(server.url + path, { headers: { cookie: person.cookie } })
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8")
    expect(answer.headers.get("content-disposition")).toContain("attachment")
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer())
    expect(text.startsWith("\uFEFFtime,kind,")).toBe(true)
    const lines = text.trimEnd().split("\r\n")
    expect(lines).toHaveLength(6)
    expect(text).toContain("'=cmd()")
    expect(text).toContain("1200 input × 2/1M + 300 output × 8/1M = 0.0048")
    expect(text).toContain(",-0.0048,")
    expect(text).not.toContain("channel")
  })

  test.each(["from=x&until=9", "from=0", "from=0&until=9&kind=all"])(
    "a file with the filter %s is refused",
    async (search) => {
      const answer = await fetch(`${server.url}/files/statement.csv?${search}`, {
        headers: { cookie: person.cookie },
      })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: "input.invalid" })
    },
  )
})
