import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { identity } from "@nio/db"
import { ensureRoot } from "@nio/server/core/identity/ensure-root"
import { setPassword } from "@nio/server/core/identity/set-password"
import { type Browser, browserWith, signIn, testPassword } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const dayMs = 24 * 3_600_000

eachDatabase("a fresh install", (open) => {
  test("has one administrator whose first password is good for nothing but being changed", async () => {
    const server = await startServer((await open()).db)
    expect(await ensureRoot(server.deps, undefined)).toBe(true)
    expect(await ensureRoot(server.deps, undefined)).toBe(false)

    const root = await signIn(server.url, "root", "chatnio123456")
    expect((await root.query("session.current")).user).toMatchObject({
      name: "root",
      isAdmin: true,
      passwordExpired: true,
    })
    const failures = everythingElse(root).map((call) => root.failure(call))
    for (const failure of await Promise.all(failures))
      expect(failure).toMatchObject({ status: 403, code: "auth.password-expired" })

    const weak = root.mutate("session.changePassword", { next: "chatnio123456" })
    expect(await root.failure(weak)).toMatchObject({ code: "auth.password-weak" })
    const changed = await root.mutate("session.changePassword", { next: testPassword })
    expect(changed.user.passwordExpired).toBe(false)
    expect(await root.query("channel.list")).toEqual([])
    await server.close()
  })

  test("takes its first password from the operator, and then nothing is forced", async () => {
    const deps = await testDeps((await open()).db)
    await expect(ensureRoot(deps, "chatnio123456")).rejects.toMatchObject({
      code: "auth.password-weak",
    })
    expect(await ensureRoot(deps, "a password of my own")).toBe(true)
    await deps.close()
  })
})

const everythingElse = (browser: Browser): Promise<unknown>[] => [
  browser.mutate("chat.ticket"),
  browser.query("conversation.list", { limit: 10 }),
  browser.query("model.list"),
  browser.query("account.balance"),
  browser.query("apiKey.list"),
  browser.mutate("apiKey.create", { name: "x" }),
  browser.query("channel.list"),
  browser.query("channel.providers"),
  browser.query("price.list"),
  browser.query("user.list", { limit: 10 }),
]

eachDatabase("identity", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let name: string
  let key: string

  beforeAll(async () => {
    server = await startServer((await open()).db, { now: clock.now })
    const added = await server.addUser(0)
    name = added.actor.name
    key = added.key
  })
  afterAll(() => server?.close())

  const withKey = (bearer: string) =>
    fetch(`${server.url}/v1/models`, { headers: { authorization: bearer } })

  test("B8: a wrong password and an unknown name are told the same, after a comparable time", async () => {
    const visitor = browserWith(server.url, "")
    const times: number[] = []
    for (const who of [name, "nobody-of-that-name"]) {
      const startedAt = performance.now()
      const call = visitor.mutate("session.signIn", { name: who, password: "wrong password" })
      const failed = await visitor.failure(call)
      expect(failed).toEqual({ status: 401, code: "auth.wrong-credentials", params: {} })
      times.push(performance.now() - startedAt)
    }
    // Argon2 takes tens of milliseconds; without it an answer takes one or two.
    expect(Math.min(...times)).toBeGreaterThan(10)
  })

  test("a name is known however it is capitalised", async () => {
    const browser = await signIn(server.url, name.toUpperCase())
    expect((await browser.query("session.current")).user.name).toBe(name)
  })

  test("the cookie is for the server alone, and marked secure behind TLS", async () => {
    const visitor = browserWith(server.url, "")
    const body = { name, password: testPassword }
    const plain = (await visitor.post("session.signIn", body)).headers.get("set-cookie") ?? ""
    expect(plain).toMatch(/^nio_session=[\w-]{43};/)
    expect(plain).toMatch(/HttpOnly/i)
    expect(plain).toMatch(/SameSite=Lax/i)
    expect(plain).toMatch(/Path=\//i)
    expect(plain).not.toMatch(/Secure/i)
    const page = { origin: server.url.replace("http:", "https:") }
    const behind = await visitor.post("session.signIn", body, page)
    expect(behind.headers.get("set-cookie")).toMatch(/Secure/i)
  })

  test("signing out ends the session, also for whoever kept its cookie", async () => {
    const browser = await signIn(server.url, name)
    const response = await browser.post("session.signOut")
    expect(response.headers.get("set-cookie")).toMatch(/Max-Age=0/i)
    expect((await browser.query("session.current")).user).toBeNull()
    const call = browser.query("account.balance")
    expect(await browser.failure(call)).toMatchObject({ status: 401, code: "auth.required" })
  })

  test("a session lasts thirty days after its last use", async () => {
    const browser = await signIn(server.url, name)
    clock.pass(20 * dayMs)
    expect((await browser.query("session.current")).user).not.toBeNull()
    clock.pass(20 * dayMs)
    expect((await browser.query("session.current")).user).not.toBeNull()
    clock.pass(31 * dayMs)
    expect((await browser.query("session.current")).user).toBeNull()
  })

  test("a changed password ends the other sessions and needs the current one", async () => {
    const { actor } = await server.addUser(0)
    const [one, other] = [
      await signIn(server.url, actor.name),
      await signIn(server.url, actor.name),
    ]
    const guess = one.mutate("session.changePassword", { current: "wrong", next: "new password 1" })
    expect(await one.failure(guess)).toMatchObject({ code: "auth.wrong-credentials" })
    const silent = one.mutate("session.changePassword", { next: "new password 1" })
    expect(await one.failure(silent)).toMatchObject({ code: "auth.wrong-credentials" })
    const change = { current: testPassword, next: "new password 1" }
    await one.mutate("session.changePassword", change)
    expect((await one.query("session.current")).user).not.toBeNull()
    expect((await other.query("session.current")).user).toBeNull()
    await signIn(server.url, actor.name, "new password 1")
  })

  test("the operator's new password ends every session", async () => {
    const { actor } = await server.addUser(0)
    const browser = await signIn(server.url, actor.name)
    await setPassword(server.deps, actor.name.toUpperCase(), "set by the operator")
    expect((await browser.query("session.current")).user).toBeNull()
    await signIn(server.url, actor.name, "set by the operator")
  })

  test("B11: a key is shown once, kept as a hash, listed by a hint, and stops when revoked", async () => {
    const browser = await signIn(server.url, name)
    const made = await browser.mutate("apiKey.create", { name: "laptop" })
    expect(made.key).toMatch(/^sk-[\w-]{48}$/)
    const list = await browser.query("apiKey.list")
    expect(list.find(({ id }: { id: string }) => id === made.id)).toMatchObject({
      name: "laptop",
      hint: made.key.slice(-4),
    })
    expect(JSON.stringify(list)).not.toContain(made.key)
    expect(await identity.findActorByKey(server.deps.db, made.key)).toBeUndefined()

    expect((await withKey(`Bearer ${made.key}`)).status).toBe(200)
    await browser.mutate("apiKey.revoke", { id: made.id })
    expect((await withKey(`Bearer ${made.key}`)).status).toBe(401)
  })

  test("somebody else's key cannot be revoked", async () => {
    const { actor } = await server.addUser(0)
    const stranger = await signIn(server.url, actor.name)
    const owner = await signIn(server.url, name)
    const [{ id }] = await owner.query("apiKey.list")
    await stranger.mutate("apiKey.revoke", { id })
    expect((await owner.query("apiKey.list")).map((one: { id: string }) => one.id)).toContain(id)
  })

  describe("a key", () => {
    test.each([
      ["", "auth.key-missing"],
      ["Basic cm9vdDpyb290", "auth.key-missing"],
      ["Bearer ", "auth.key-missing"],
      ["Bearer sk-unknown-unknown-unknown", "auth.key-invalid"],
      ["Bearer sk-with blanks in the middle of it", "auth.key-invalid"],
      [`Bearer ${"x".repeat(8_000)}`, "auth.key-invalid"],
    ])("%p is refused with a typed error", async (bearer) => {
      const response = await withKey(bearer)
      expect(response.status).toBe(401)
      const { error } = (await response.json()) as any
      expect(error.type).toBe("authentication_error")
    })

    test("of a session's cookie is no API key, and the other way round", async () => {
      const browser = await signIn(server.url, name)
      const token = browser.cookie.split("=")[1]
      expect((await withKey(`Bearer ${token}`)).status).toBe(401)
      expect((await withKey(`Bearer ${key}`)).status).toBe(200)
      const asCookie = browserWith(server.url, `nio_session=${key}`)
      expect((await asCookie.query("session.current")).user).toBeNull()
    })
  })

  test("guessing a password is slowed down", async () => {
    const { actor } = await server.addUser(0)
    const visitor = browserWith(server.url, "")
    const codes: string[] = []
    for (let guess = 0; guess < 12; guess++) {
      const call = visitor.mutate("session.signIn", {
        name: actor.name,
        password: `guess ${guess}`,
      })
      codes.push((await visitor.failure(call)).code)
    }
    expect(codes.slice(0, 10)).toEqual(Array(10).fill("auth.wrong-credentials"))
    expect(codes.slice(10)).toEqual(["rate.limited", "rate.limited"])
  })
})
