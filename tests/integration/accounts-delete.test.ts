import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { billing, site, users } from "@nio/db"
import { createCodes } from "@nio/server/core/code/create-codes"
import { exportCodes } from "@nio/server/core/code/export-codes"
import { eraseLeftovers } from "@nio/server/core/user/delete-account"
import { unzipSync } from "fflate"
import { type Browser, browserWith, question, signIn, testPassword } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

/** Passwords are hashed, on a machine that may be busy. */
setDefaultTimeout(30_000)

const quickly = scriptedOpenAi({ chunks: ["Hello ", "there"] })
const endless = scriptedOpenAi({ chunks: Array.from({ length: 4_000 }, () => "x"), delayMs: 15 })

eachDatabase("an account's own data", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let upstream: SimulatedUpstream

  beforeAll(async () => {
    upstream = await simulate(quickly)
    server = await startServer((await open()).db, { now: clock.now })
    await server.addChannel({ baseUrl: upstream.url })
    await server.setPrice({ models: ["m"] })
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  async function somebody(points = 1_000) {
    const { actor, key } = await server.addUser(points)
    return { actor, key, browser: await signIn(server.url, actor.name) }
  }

  async function chat(browser: Browser) {
    const socket = await browser.socket()
    socket.send(question({ text: "What is in my export?" }))
    await socket.next("done")
    socket.close()
  }

  const download = (browser: Browser, headers = {}) =>
    fetch(`${server.url}/account/export`, { headers: { cookie: browser.cookie, ...headers } })

  test("is exported as one ZIP of JSON, complete and without secrets", async () => {
    const { actor, key, browser } = await somebody()
    await chat(browser)
    const { batchId } = await createCodes(server.deps, server.admin, {
      kind: "redeem",
      name: "",
      points: 1,
      count: 1,
      expiresAt: null,
      requestId: crypto.randomUUID(),
    })
    const filter = { kind: "redeem", batchId, format: "txt" } as const
    const code = (await exportCodes(server.deps, server.admin, filter)).trim()
    await browser.mutate("code.redeem", { code })
    const response = await download(browser)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toBe("application/zip")
    expect(response.headers.get("cache-control")).toBe("no-store")
    expect(response.headers.get("content-disposition")).toMatch(/^attachment/)
    const files = unzipSync(await response.bytes())
    const read = (name: string) => JSON.parse(new TextDecoder().decode(files[`${name}.json`]))
    expect(Object.keys(files).toSorted()).toEqual(
      [
        "codes",
        "conversations",
        "keys",
        "plan",
        "presets",
        "profile",
        "sessions",
        "shares",
        "transfers",
        "usage",
        "ways-in",
      ].map((name) => `${name}.json`),
    )
    expect(read("profile").name).toBe(actor.name)
    const [conversation] = read("conversations")
    expect(conversation.messages.map(({ text }: { text: string }) => text)).toEqual([
      "What is in my export?",
      "Hello there",
    ])
    expect(read("transfers").map(({ amount }: { amount: number }) => amount > 0)).toEqual([
      true,
      true,
      true,
    ])
    expect(read("codes")).toMatchObject([{ code, points: 1_000_000 }])
    expect(read("usage")[0]).toMatchObject({ model: "m", outcome: "done" })
    expect(read("keys")[0].hint).toBe(key.slice(-4))
    const everything = Object.values(files)
      .map((bytes) => new TextDecoder().decode(bytes))
      .join()
    for (const secret of [key, browser.cookie.split("=")[1] ?? "", "$argon2"])
      expect(everything).not.toContain(secret)
  })

  test("B14: is exported to nobody but its owner, and not for a page elsewhere", async () => {
    const { browser } = await somebody()
    expect((await download(browserWith(server.url, ""))).status).toBe(401)
    expect((await download(browser, { "sec-fetch-site": "cross-site" })).status).toBe(403)
    const mine = unzipSync(await (await download(browser)).bytes())
    expect(new TextDecoder().decode(mine["conversations.json"])).toBe("[]\n")
    await download(browser)
    await download(browser)
    expect((await download(browser)).status).toBe(429)
  })

  test("a long export is read as fast as it is taken, and can be left", async () => {
    const { actor, browser } = await somebody()
    const { db } = server.deps
    const text = "word ".repeat(4_000)
    for (let at = 0; at < 60; at++) {
      const id = server.deps.newId()
      await db.run(
        "insert into conversations (id, user_id, title, model, created_at, updated_at) values (?, ?, ?, ?, ?, ?)",
        [id, actor.userId, `number ${at}`, "m", at, at],
      )
      await db.run(
        "insert into messages (id, conversation_id, role, text, reasoning, images, state, created_at) values (?, ?, 'user', ?, '', '[]', 'done', ?)",
        [server.deps.newId(), id, text, at],
      )
    }
    const left = await download(browser)
    const reader = left.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    const files = unzipSync(await (await download(browser)).bytes())
    const conversations = JSON.parse(new TextDecoder().decode(files["conversations.json"]))
    expect(conversations.map(({ title }: { title: string }) => title)).toEqual(
      Array.from({ length: 60 }, (_, at) => `number ${at}`),
    )
    expect(conversations[59].messages[0].text).toBe(text)
  })

  test("is deleted with a fresh proof and the name typed, and nothing of it is left but the ledger", async () => {
    const { actor, key, browser } = await somebody()
    const other = await signIn(server.url, actor.name)
    await chat(browser)
    const { db } = server.deps
    await users.saveEmail(db, actor.userId, "gone@people.test")

    const mistyped = browser.mutate("account.delete", { name: "somebody else" })
    expect(await browser.failure(mistyped)).toMatchObject({ code: "account.name-differs" })
    clock.pass(11 * 60_000)
    const stale = browser.mutate("account.delete", { name: actor.name })
    expect(await browser.failure(stale)).toMatchObject({ code: "auth.proof-required" })
    await browser.mutate("session.prove", { password: testPassword })
    const { available } = await browser.query("account.balance")
    const response = await browser.post("account.delete", { name: actor.name.toUpperCase() })
    expect(response.headers.get("set-cookie")).toMatch(/Max-Age=0/i)

    expect((await other.query("session.current")).user).toBeNull()
    const models = await fetch(`${server.url}/v1/models`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(models.status).toBe(401)
    await eventually(async () => {
      const rows = await db.rows("select id from conversations where user_id = ?", [actor.userId])
      return rows.length === 0
    })
    const left = await Promise.all(
      ["sessions", "identities", "passkeys", "authenticators", "shares", "presets"].map((table) =>
        db.rows(`select * from ${table} where user_id = ?`, [actor.userId]),
      ),
    )
    expect(left.flat()).toEqual([])
    expect(await users.findUserById(db, actor.userId)).toMatchObject({
      state: "deleted",
      email: null,
      emailKey: null,
      passwordHash: "",
    })
    const [taken] = await db.rows<{ amount: number; to_id: string }>(
      "select amount, to_id from transfers where from_id = ? and reference like 'closed:%'",
      [actor.userId],
    )
    expect(taken).toEqual({ amount: available, to_id: site.revenue })
    expect((await billing.balanceOf(db, actor.userId)).available).toBe(0)
    expect((await billing.verifyLedger(db)).differences).toEqual([])

    const visitor = browserWith(server.url, "")
    const again = { name: actor.name, password: testPassword, language: "en" }
    expect((await visitor.mutate("session.register", again)).user.name).toBe(actor.name)
  })

  test("an answer under way ends with the account, and the points set aside for it follow", async () => {
    upstream.answerWith(endless)
    const { actor, browser } = await somebody()
    const socket = await browser.socket()
    socket.send(question())
    await socket.next("delta")
    await browser.mutate("account.delete", { name: actor.name })
    expect((await socket.closed).code).toBe(4401)
    await eventually(() => server.deps.underway.size() === 0)
    upstream.answerWith(quickly)
    await eraseLeftovers(server.deps)
    const { db } = server.deps
    expect(await billing.balanceOf(db, actor.userId)).toMatchObject({ available: 0, held: 0 })
    expect((await billing.verifyLedger(db)).differences).toEqual([])
  })

  test("root, and whoever is the last administrator, stays", async () => {
    const only = await signInAdmin(server, "boss")
    const call = only.mutate("account.delete", { name: "boss" })
    expect(await only.failure(call)).toMatchObject({ code: "account.last-admin" })
    const root = await signInAdmin(server, "root")
    await only.mutate("account.delete", { name: "boss" })
    const last = root.mutate("account.delete", { name: "root" })
    expect(await root.failure(last)).toMatchObject({ code: "account.last-admin" })
  })
})
