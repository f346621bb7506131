import { afterAll, beforeAll, expect, test } from "bun:test"
import { codes as codesRepo } from "@nio/db"
import { codeKeyOf } from "@nio/server/core/code/code-key"
import { newCode } from "@nio/server/core/code/new-code"
import { redeemCode } from "@nio/server/core/code/redeem-code"
import { type Browser, signIn } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

eachDatabase("codes", (open) => {
  const clock = createClock(Date.UTC(2026, 0, 1))
  let server: TestServer
  let admin: Browser
  let again: () => ReturnType<Awaited<ReturnType<typeof open>>["again"]>

  beforeAll(async () => {
    const database = await open()
    again = database.again
    server = await startServer(database.db, { now: clock.now })
    admin = await signInAdmin(server, "boss")
  })
  afterAll(() => server?.close())

  async function person(points = 0) {
    const { actor } = await server.addUser(points)
    const browser = await signIn(server.url, actor.name)
    const redeem = (code: string) => browser.mutate("code.redeem", { code })
    return { actor, browser, redeem }
  }

  async function make(own: object = {}): Promise<{ batchId: string; codes: string[] }> {
    const input = { kind: "redeem", name: "batch", points: 5, count: 3, expiresAt: null, ...own }
    const { batchId } = await admin.mutate("code.create", {
      requestId: crypto.randomUUID(),
      ...input,
    })
    const { kind } = input
    const text = await admin.mutate("code.export", { kind, batchId, format: "txt" })
    return { batchId, codes: text.trim().split("\r\n") }
  }

  test("A7: one code tried 200 times at once by two people on two nodes is credited once", async () => {
    const [code = ""] = (await make({ points: 12.5, count: 1 })).codes
    const [one, two] = [await person(), await person()]
    const other = await testDeps(await again(), { now: clock.now })
    // The limit on wrong guesses is not what is tried here.
    const unlimited = { spend: async () => 0, draw: async () => ({ waitMs: 0, fullMs: 0 }) }
    const nodes = [server.deps, other].map((deps) => ({
      ...deps,
      kv: { ...deps.kv, ...unlimited },
    }))
    const tries = Array.from({ length: 200 }, (_, index) => {
      const { actor } = index % 2 ? one : two
      return redeemCode(nodes[(index >> 1) % 2]!, actor, { code, address: "192.0.2.1" }).then(
        () => "credited",
        (error) => error.code,
      )
    })
    const outcomes = Object.groupBy(await Promise.all(tries), (outcome) => outcome)
    expect(outcomes["credited"]).toHaveLength(1)
    expect(outcomes["code.used"]).toHaveLength(199)
    const balances = await Promise.all(
      [one, two].map(({ browser }) => browser.query("account.balance")),
    )
    expect(balances.reduce((sum, { available }) => sum + available, 0)).toBe(12_500_000)
    await other.close()
  })

  test("A8: a gift comes once per type, however the code is written", async () => {
    const { codes } = await make({ kind: "gift", type: "Spring", points: 3, count: 2 })
    const [first = "", second = ""] = codes
    const { browser, redeem } = await person()
    expect(first).toStartWith("Spring-")
    const spread = ` \u200b${first.toLowerCase().replaceAll("-", " – ")}\t`
    expect(await redeem(spread)).toEqual({ points: 3_000_000, available: 3_000_000 })
    const wide = [...first].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join("")
    for (const variant of [first, first.toUpperCase(), `${first}\n`, wide])
      expect(await browser.failure(redeem(variant))).toMatchObject({ code: "code.used" })
    expect(await browser.failure(redeem(second))).toMatchObject({ code: "code.gift-had" })
    expect(await browser.query("account.balance")).toMatchObject({ available: 3_000_000 })
    // The code it could not use is still good, for somebody else.
    expect(await (await person()).redeem(second)).toMatchObject({ points: 3_000_000 })
  })

  test("B4 of the original: two gifts of one type tried at once by one person bring one", async () => {
    const { codes } = await make({ kind: "gift", type: "race", count: 8 })
    const { browser, redeem } = await person()
    const outcomes = await Promise.allSettled(codes.map((code) => redeem(code)))
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect(await browser.query("account.balance")).toMatchObject({ available: 5_000_000 })
  })

  test("M B15: redeem codes are any number per person, and each leaves a line in the ledger", async () => {
    const { codes } = await make({ count: 12 })
    const { actor, redeem } = await person()
    for (const code of codes) await redeem(code)
    const { orm, t } = server.deps.db
    const lines = (await orm.select().from(t.transfers)).filter((one) => one.toId === actor.userId)
    expect(lines).toHaveLength(12)
    expect(lines.every(({ reference }) => reference.startsWith("redeem:"))).toBe(true)
  })

  test("what is revoked or past its time brings nothing, and what was used stays used", async () => {
    const expiresAt = clock.now() + 60_000
    const short = await make({ expiresAt, count: 2 })
    const { batchId, codes } = await make()
    const { browser, redeem } = await person()
    const [usedShort = "", late = ""] = short.codes
    await redeem(usedShort)
    await redeem(codes[0] ?? "")
    expect(await admin.mutate("code.revoke", { batchId })).toEqual({ revoked: 2 })
    expect(await browser.failure(redeem(codes[1] ?? ""))).toMatchObject({
      status: 409,
      code: "code.expired",
    })
    clock.pass(60_000)
    expect(await browser.failure(redeem(late))).toMatchObject({ code: "code.expired" })
    expect(await browser.query("account.balance")).toMatchObject({ available: 10_000_000 })
    const states = async (id: string) =>
      (await admin.query("code.list", { kind: "redeem", batchId: id, limit: 10 })).items
        .map(({ state }: { state: string }) => state)
        .sort()
    expect(await states(batchId)).toEqual(["revoked", "revoked", "used"])
    expect(await states(short.batchId)).toEqual(["expired", "used"])
  })

  test("S15: guessing is held up and written down; right codes cost no patience", async () => {
    const { codes } = await make({ count: 15 })
    const guesser = await person()
    for (const code of codes) await guesser.redeem(code)
    for (let guess = 0; guess < 10; guess++)
      expect(await guesser.browser.failure(guesser.redeem(newCode("nio")))).toMatchObject({
        code: "code.unknown",
      })
    const { logged } = server.deps
    expect(
      logged.filter(({ message }) => message.includes("does not exist was tried")),
    ).toHaveLength(10)
    expect(await guesser.browser.failure(guesser.redeem(newCode("nio")))).toMatchObject({
      status: 429,
      code: "rate.limited",
    })
  })

  test("ten thousand are made in one go, all different, and saved to a file", async () => {
    const started = performance.now()
    const { batchId, codes } = await make({ count: 10_000, name: "=cmd|' /C calc'!A0" })
    expect(new Set(codes.map(codeKeyOf)).size).toBe(10_000)
    expect(codes.every((code) => /^nio(?:-[2-9A-HJKMNP-TV-Z]{5}){4}$/.test(code))).toBe(true)
    expect(performance.now() - started).toBeLessThan(20_000)
    const csv: string = await admin.mutate("code.export", {
      kind: "redeem",
      batchId,
      format: "csv",
    })
    const [head, line] = csv.split("\r\n")
    expect(head).toBe("code,type,points,state,batch,created,expires,used,used_by")
    expect(line).toContain(",,5,unused,'=cmd|' /C calc'!A0,2026-")
    expect(csv.split("\r\n")).toHaveLength(10_002)
  })

  test("the list is filtered, searched by code and by person, and paged", async () => {
    clock.pass(1)
    const { batchId, codes } = await make({ count: 5 })
    const { actor, redeem } = await person()
    await redeem(codes[2] ?? "")
    const list = async (own: object) =>
      (await admin.query("code.list", { kind: "redeem", limit: 100, batchId, ...own })).items
    expect(await list({ state: "used" })).toMatchObject([
      { code: codes[2], usedBy: { id: actor.userId, name: actor.name }, state: "used" },
    ])
    expect(await list({ state: "unused" })).toHaveLength(4)
    expect(await list({ search: actor.name })).toHaveLength(1)
    expect(await list({ search: codes[4]?.slice(4, 15).toLowerCase() })).toHaveLength(1)
    expect(await list({ search: "%" })).toHaveLength(0)
    const first = await admin.query("code.list", { kind: "redeem", limit: 3, batchId })
    const rest = await admin.query("code.list", {
      kind: "redeem",
      limit: 3,
      batchId,
      cursor: first.next,
    })
    expect([...first.items, ...rest.items].map(({ code }) => code).sort()).toEqual(codes.sort())
    expect(rest.next).toBeNull()
    const batches = await admin.query("code.batches", { kind: "redeem" })
    expect(batches[0]).toMatchObject({ id: batchId, count: 5, points: 5_000_000 })
  })

  test("a batch asked for twice is made once", async () => {
    const requestId = crypto.randomUUID()
    const [one, two] = [await make({ requestId }), await make({ requestId })]
    expect(two).toEqual(one)
    const { orm, t } = server.deps.db
    const audited = (await orm.select().from(t.auditLog)).filter(
      ({ targetId }) => targetId === requestId,
    )
    expect(audited).toHaveLength(1)
    for (const code of one.codes) expect(JSON.stringify(audited)).not.toContain(code)
  })

  test.each([
    ["no points", { points: 0 }],
    ["too many", { count: 10_001 }],
    ["none", { count: 0 }],
    ["a type that breaks a code", { kind: "gift", type: "a b" }],
    ["a gift without a type", { kind: "gift" }],
  ])("%s is refused", async (_, own) => {
    const failed = await admin.failure(
      admin.mutate("code.create", {
        kind: "redeem",
        name: "",
        points: 1,
        count: 1,
        expiresAt: null,
        requestId: "bad",
        ...own,
      }),
    )
    expect(failed).toMatchObject({ status: 400, code: "input.invalid" })
  })

  test("only an administrator sees, makes or revokes codes", async () => {
    const { browser } = await person()
    const calls = [
      browser.query("code.list", { kind: "redeem", limit: 1 }),
      browser.query("code.batches", { kind: "redeem" }),
      browser.mutate("code.export", { kind: "redeem", format: "txt" }),
      browser.mutate("code.revoke", { ids: ["x"] }),
      browser.mutate("code.create", {
        kind: "redeem",
        name: "",
        points: 1,
        count: 1,
        expiresAt: null,
        requestId: "mine",
      }),
    ]
    for (const call of calls)
      expect(await browser.failure(call)).toMatchObject({ status: 403, code: "auth.forbidden" })
    expect(await codesRepo.listBatches(server.deps.db, "gift", 1_000)).not.toContainEqual(
      expect.objectContaining({ id: "mine" }),
    )
  })
})
