import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { billing, users } from "@nio/db"
import type { SettingKey } from "@nio/server/contract"
import { setSetting } from "@nio/server/core/live/set-setting"
import { type Browser, browserWith, signIn, testPassword } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const password = testPassword
/** A password is hashed for each of many, on a machine that may be busy. */
const patienceMs = 30_000

eachDatabase("registering", (open) => {
  let server: TestServer
  let visitor: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db, {}, { trustedProxies: 1 })
    visitor = browserWith(server.url, "")
  })
  afterAll(() => server?.close())

  let networks = 0
  /** From a network of its own, so that no limit is in the way. */
  const register = (input: object, from = `198.51.100.${++networks}`) =>
    visitor.post("session.register", { language: "en", ...input }, { "x-forwarded-for": from })
  const codeOf = async (response: Response) => ((await response.json()) as any).error?.data.app.code
  const set = (key: SettingKey, value: never) =>
    setSetting(server.deps, server.admin, { key, value })

  test("makes an account with the initial points, in the ledger, and signs it in", async () => {
    await set("site.initialPoints", 12.5 as never)
    const response = await register({ name: " Ann  Lee ", password })
    expect(response.status).toBe(200)
    const browser = browserWith(server.url, response.headers.get("set-cookie")?.split(";")[0] ?? "")
    const { user } = await browser.query("session.current")
    expect(user).toMatchObject({ name: "Ann Lee", isAdmin: false })
    expect(await browser.query("account.balance")).toEqual({ available: 12_500_000, held: 0 })
    const transfer = { accountId: user.id, amount: 1, reference: `initial:${user.id}` }
    const again = { ...transfer, id: "again", reason: "", createdAt: 0 }
    expect(await billing.creditAccount(server.deps.db, again)).toBe(false)
    expect((await billing.verifyLedger(server.deps.db)).differences).toEqual([])
    await set("site.initialPoints", 0 as never)
  })

  test.each([
    ["ann lee", "name.taken"],
    ["ANN\u00A0LEE", "name.taken"],
    ["root", "name.reserved"],
    ["x", "name.invalid"],
    ["Bob\u202E", "name.invalid"],
  ])("the name %p is refused", async (name, code) => {
    expect(await codeOf(await register({ name, password }))).toBe(code)
  })

  test("a weak password is refused, and the name stays free", async () => {
    const weak = await register({ name: "Carl", password: "password123" })
    expect(await codeOf(weak)).toBe("auth.password-weak")
    expect((await register({ name: "Carl", password })).status).toBe(200)
  })

  test("two who want the same name at once: one has it, and nobody has half of an account", async () => {
    const both = await Promise.all([1, 2, 3].map(() => register({ name: "Dora", password })))
    const codes = await Promise.all(both.map(codeOf))
    expect(codes.toSorted()).toEqual(["name.taken", "name.taken", undefined])
    expect((await billing.verifyLedger(server.deps.db)).differences).toEqual([])
  })

  test("B5: role, points, state and id are not taken from what is sent", async () => {
    const extra = { role: "admin", state: "banned", quota: 1e9, level: 3, userId: "x", id: "x" }
    const response = await register({ name: "Eve", password, ...extra, isAdmin: true })
    const { user } = ((await response.json()) as any).result.data
    expect(user.isAdmin).toBe(false)
    const row = await users.findUserByName(server.deps.db, "Eve")
    expect(row).toMatchObject({ role: "user", state: "active", passwordExpired: false })
    expect(row?.id).not.toBe("x")
  })

  test("a site that is closed says so, to everybody and by the session too", async () => {
    await set("site.closeRegister", true as never)
    expect(await codeOf(await register({ name: "Fred", password }))).toBe("register.closed")
    expect((await visitor.query("session.current")).site.register).toBe("closed")
    await set("site.closeRegister", false as never)
    expect((await visitor.query("session.current")).site.register).toBe("open")
  })

  test("G1: a farm behind one network is stopped, whatever IPv6 addresses of it are used", async () => {
    const codes: unknown[] = []
    for (let at = 0; at < 12; at++)
      codes.push(
        await codeOf(await register({ name: `farm ${at}`, password }, `2001:db8:7:7::${at}`)),
      )
    expect(codes.slice(0, 10)).toEqual(Array(10).fill(undefined))
    expect(codes.slice(10)).toEqual(["rate.limited", "rate.limited"])
  })

  test("a name is changed by its owner, who has proved who they are", async () => {
    await register({ name: "Gina", password })
    const browser = await signIn(server.url, "Gina")
    const taken = browser.mutate("account.rename", { name: "EVE" })
    expect(await browser.failure(taken)).toMatchObject({ code: "name.taken" })
    const { user } = await browser.mutate("account.rename", { name: "Gina M" })
    expect(user.name).toBe("Gina M")
    expect((await browser.query("session.current")).user.name).toBe("Gina M")
    await signIn(server.url, "gina m")
  })

  test("whoever came with a hash of the original signs in, and has a good hash afterwards", async () => {
    const { actor } = await server.addUser(0)
    const legacy = "sha256:d30a9dfa06ceb45ca09c39e4ba952d3484a7cb71e48d986044a2c6aefa4f0e19"
    const { db } = server.deps
    await users.savePassword(db, actor.userId, legacy)
    const wrong = visitor.mutate("session.signIn", { name: actor.name, password: "chatnio12345" })
    expect(await visitor.failure(wrong)).toMatchObject({ code: "auth.wrong-credentials" })
    await signIn(server.url, actor.name, "chatnio123456")
    expect((await users.findUserById(db, actor.userId))?.passwordHash).toStartWith("$argon2id$")
    await signIn(server.url, actor.name, "chatnio123456")
  })
})

describe("G2: without a trusted proxy", () => {
  eachDatabase("what a header says of an address", (open) => {
    test(
      "counts for nothing: guesses from anywhere are guesses from one place",
      async () => {
        const server = await startServer((await open()).db)
        const visitor = browserWith(server.url, "")
        const guess = async (at: number) => {
          const forged = {
            "x-forwarded-for": `203.0.113.${at}, 10.0.0.1`,
            "x-real-ip": `203.0.113.${at}`,
            forwarded: `for=203.0.113.${at}`,
            "cf-connecting-ip": `203.0.113.${at}`,
          }
          const input = { name: `a new name ${at}`, password: "wrong" }
          return (await visitor.post("session.signIn", input, forged)).status
        }
        const all = await Promise.all(Array.from({ length: 75 }, (_, at) => guess(at)))
        // Were the headers believed, there would be none: every guess is at another name.
        expect(all.filter((status) => status === 429).length).toBeGreaterThan(0)
        await server.close()
      },
      patienceMs,
    )

    test("B3: a forged host or scheme makes nobody trusted, and no cookie less careful", async () => {
      const server = await startServer((await open()).db)
      const { actor } = await server.addUser(0)
      const visitor = browserWith(server.url, "")
      const input = { name: actor.name, password }
      const forged = { origin: "https://evil.example", "x-forwarded-host": "evil.example" }
      expect((await visitor.post("session.signIn", input, forged)).status).toBe(403)
      const scheme = { "x-forwarded-proto": "https" }
      const plain = await visitor.post("session.signIn", input, scheme)
      expect(plain.headers.get("set-cookie")).not.toMatch(/Secure/i)
      await server.close()
    })
  })
})

describe("behind one trusted proxy", () => {
  eachDatabase("what it says", (open) => {
    test("is believed, and what came before it is not", async () => {
      const server = await startServer((await open()).db, {}, { trustedProxies: 1 })
      const { actor } = await server.addUser(0)
      const visitor = browserWith(server.url, "")
      const input = { name: actor.name, password }
      const proxy = {
        origin: "https://chat.example",
        "x-forwarded-host": "chat.example",
        "x-forwarded-proto": "https",
        "x-forwarded-for": "6.6.6.6, 203.0.113.9",
      }
      const response = await visitor.post("session.signIn", input, proxy)
      expect(response.status).toBe(200)
      expect(response.headers.get("set-cookie")).toMatch(/Secure/i)
      const browser = browserWith(
        server.url,
        response.headers.get("set-cookie")?.split(";")[0] ?? "",
      )
      expect((await browser.query("session.list"))[0].address).toBe("203.0.113.9")
      const nonsense = { ...proxy, "x-forwarded-for": "6.6.6.6, not an address" }
      expect((await visitor.post("session.signIn", input, nonsense)).status).toBe(200)
      await server.close()
    })
  })
})
