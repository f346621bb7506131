import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { codeAt } from "../support/authenticator-app.ts"
import { type Browser, browserWith, signIn, testPassword } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const stepMs = 30_000
const minuteMs = 60_000

/** A database is made and migrated, beside whatever else this machine does. */
const patienceMs = 30_000

eachDatabase("a second factor", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let visitor: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db, { now: clock.now })
    visitor = browserWith(server.url, "")
  }, patienceMs)
  afterAll(() => server?.close())

  /** Somebody with an authenticator app, whose first code was used half a minute ago. */
  async function somebody() {
    const { actor, key } = await server.addUser(0)
    const browser = await signIn(server.url, actor.name)
    const { secret } = await browser.mutate("factor.beginAuthenticator")
    const code = codeAt(secret, clock.now())
    const { recoveryCodes } = await browser.mutate("factor.confirmAuthenticator", { code })
    clock.pass(stepMs)
    return { ...actor, key, browser, secret, recoveryCodes: recoveryCodes as string[] }
  }
  const password = (name: string) =>
    visitor.mutate("session.signIn", { name, password: testPassword })
  const second = (challenge: string, method: string, code: string) =>
    visitor.post("session.secondFactor", { challenge, proof: { method, code } })
  const codeOf = async (response: Response) => ((await response.json()) as any).error?.data.app.code

  test("the right password gives no session, but a challenge; a code of the app then does", async () => {
    const { name, userId, secret } = await somebody()
    const answer = await visitor.post("session.signIn", { name, password: testPassword })
    expect(answer.headers.get("set-cookie")).toBeNull()
    const { user, secondFactor } = ((await answer.json()) as any).result.data
    expect(user).toBeNull()
    expect(secondFactor.methods).toEqual(["code", "recovery"])

    const wrong = await second(secondFactor.challenge, "code", "000000")
    expect([wrong.status, await codeOf(wrong)]).toEqual([401, "auth.wrong-factor"])
    expect(wrong.headers.get("set-cookie")).toBeNull()

    const right = await second(secondFactor.challenge, "code", codeAt(secret, clock.now()))
    const cookie = right.headers.get("set-cookie")?.split(";")[0] ?? ""
    const { user: now } = await browserWith(server.url, cookie).query("session.current")
    expect(now.id).toBe(userId)
  })

  test("a code works once, also for another sign-in, and however many ask at once", async () => {
    const { name, secret } = await somebody()
    const challenges = await Promise.all([password(name), password(name), password(name)])
    const code = codeAt(secret, clock.now())
    const answers = await Promise.all(
      challenges.map(({ secondFactor }) => second(secondFactor.challenge, "code", code)),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
  })

  test("a clock may be half a minute off, and not a whole one", async () => {
    const { name, secret } = await somebody()
    clock.pass(5 * stepMs)
    const { secondFactor } = await password(name)
    const off = (steps: number) => codeAt(secret, clock.now() + steps * stepMs)
    for (const steps of [-2, 2])
      expect((await second(secondFactor.challenge, "code", off(steps))).status).toBe(401)
    expect((await second(secondFactor.challenge, "code", off(-1))).status).toBe(200)
    // One step on is new still; the one that was used and those before it are not.
    const again = (await password(name)).secondFactor.challenge
    expect((await second(again, "code", off(-1))).status).toBe(401)
    expect((await second(again, "code", off(1))).status).toBe(200)
  })

  test("a challenge is good for one sign-in and five minutes, and for nobody else's code", async () => {
    const one = await somebody()
    const other = await somebody()
    const { secondFactor } = await password(one.name)
    const foreign = await second(secondFactor.challenge, "code", codeAt(other.secret, clock.now()))
    expect(foreign.status).toBe(401)
    clock.pass(5 * minuteMs)
    const late = await second(secondFactor.challenge, "code", codeAt(one.secret, clock.now()))
    expect(await codeOf(late)).toBe("auth.challenge-ended")

    const fresh = (await password(one.name)).secondFactor.challenge
    const code = codeAt(one.secret, clock.now())
    expect((await second(fresh, "code", code)).status).toBe(200)
    clock.pass(stepMs)
    const used = await second(fresh, "code", codeAt(one.secret, clock.now()))
    expect(await codeOf(used)).toBe("auth.challenge-ended")
  })

  test("B7: after five wrong codes even the right one has to wait, and then works", async () => {
    const { name, secret } = await somebody()
    const { challenge } = (await password(name)).secondFactor
    for (let guess = 0; guess < 5; guess++)
      expect((await second(challenge, "code", `00000${guess}`)).status).toBe(401)
    const right = () => second(challenge, "code", codeAt(secret, clock.now()))
    const refused = await right()
    expect([refused.status, await codeOf(refused)]).toEqual([429, "rate.limited"])
    clock.pass(5 * minuteMs)
    const { challenge: later } = (await password(name)).secondFactor
    expect((await second(later, "code", codeAt(secret, clock.now()))).status).toBe(200)
  })

  test("ten recovery codes stand in, each once, however they are typed", async () => {
    const { name, recoveryCodes, browser } = await somebody()
    expect(recoveryCodes).toHaveLength(10)
    expect(new Set(recoveryCodes).size).toBe(10)
    const [first = "", other = ""] = recoveryCodes
    expect(first).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/)

    const challenges = await Promise.all([password(name), password(name)])
    const typed = ` ${first.toLowerCase().replace("-", " ")} `
    const answers = await Promise.all(
      challenges.map(({ secondFactor }) => second(secondFactor.challenge, "recovery", typed)),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
    expect((await browser.query("factor.list")).recoveryCodesLeft).toBe(9)

    const renewed = await browser.mutate("factor.renewCodes")
    expect(renewed.recoveryCodes).toHaveLength(10)
    const { challenge } = (await password(name)).secondFactor
    expect((await second(challenge, "recovery", other)).status).toBe(401)
    expect((await second(challenge, "recovery", renewed.recoveryCodes[0])).status).toBe(200)
  })

  test("neither the secret nor the recovery codes can be read in the database", async () => {
    const { userId, secret, recoveryCodes } = await somebody()
    const { rows } = server.deps.db
    const kept = JSON.stringify([
      await rows("select * from authenticators where user_id = ?", [userId]),
      await rows("select * from recovery_codes where user_id = ?", [userId]),
    ])
    expect(kept).toContain(userId)
    for (const hidden of [secret, ...recoveryCodes]) expect(kept).not.toContain(hidden)
  })

  test("no other door takes the password alone: old clients are told to use a key", async () => {
    const { name, key } = await somebody()
    const answer = await fetch(`${server.url}/api/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: name, password: testPassword }),
    })
    const told = (await answer.json()) as any
    expect(told).toMatchObject({ status: false })
    expect(told.token).toBeUndefined()
    const quota = await fetch(`${server.url}/api/quota`, { headers: { authorization: key } })
    expect(await quota.json()).toMatchObject({ status: true })
  })

  test("an app that was begun and not confirmed changes nothing", async () => {
    const { actor } = await server.addUser(0)
    const browser = await signIn(server.url, actor.name)
    const begun = await browser.mutate("factor.beginAuthenticator")
    expect(begun.uri).toStartWith("otpauth://totp/")
    const wrong = browser.mutate("factor.confirmAuthenticator", { code: "123456" })
    expect(await browser.failure(wrong)).toMatchObject({ code: "auth.wrong-factor" })
    expect((await password(actor.name)).user.name).toBe(actor.name)
    expect(await browser.query("factor.list")).toMatchObject({ authenticatorSince: null })
  })

  describe("B6: changing it", () => {
    const acts: [string, unknown?][] = [
      ["factor.beginAuthenticator"],
      ["factor.confirmAuthenticator", { code: "123456" }],
      ["factor.removeAuthenticator"],
      ["factor.renewCodes"],
      ["factor.passkeyOptions"],
      ["factor.removePasskey", { id: "0".repeat(64) }],
    ]

    test("needs a proof not older than ten minutes", async () => {
      const { browser } = await somebody()
      clock.pass(11 * minuteMs)
      for (const [act, input] of acts)
        expect(await browser.failure(browser.mutate(act, input))).toMatchObject({
          code: "auth.proof-required",
        })
    })

    test("a method that is only named proves nothing, nor does the password of who has more", async () => {
      const { browser, secret } = await somebody()
      clock.pass(11 * minuteMs)
      expect(await browser.query("session.proofMethods")).toEqual(["code", "recovery"])
      for (const bare of [
        { method: "passkey" },
        { method: "code" },
        { method: "passkey", id: "x" },
      ])
        expect(await browser.failure(browser.mutate("session.prove", bare))).toMatchObject({
          status: 400,
          code: "input.invalid",
        })
      const mere = browser.mutate("session.prove", { password: testPassword })
      expect(await browser.failure(mere)).toMatchObject({ status: 401 })
      const wrong = browser.mutate("session.prove", { method: "code", code: "000000" })
      expect(await browser.failure(wrong)).toMatchObject({ code: "auth.wrong-factor" })
      const still = browser.mutate("factor.renewCodes")
      expect(await browser.failure(still)).toMatchObject({ code: "auth.proof-required" })

      const code = codeAt(secret, clock.now())
      await browser.mutate("session.prove", { method: "code", code })
      await browser.mutate("factor.removeAuthenticator")
      expect(await browser.query("factor.list")).toMatchObject({
        authenticatorSince: null,
        recoveryCodesLeft: 0,
      })
      expect(await browser.query("session.proofMethods")).toEqual(["password"])
    })
  })

  describe("that the site requires", () => {
    const demand = (who: string) =>
      admin.mutate("setting.save", {
        changes: [{ key: "security.requireSecondFactor", value: who }],
      })
    let admin: Browser
    beforeAll(async () => {
      admin = await signInAdmin(server, "demanding")
    })

    test("leaves who has none only the way to one: by pages and by keys", async () => {
      const had = await somebody()
      const { actor, key } = await server.addUser(0)
      const browser = await signIn(server.url, actor.name)
      const withKey = (bearer: string) =>
        fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${bearer}` } })
      await demand("everyone")
      clock.pass(3_000)

      expect((await browser.query("session.current")).user).toMatchObject({ factorMissing: true })
      for (const call of [browser.query("account.balance"), browser.mutate("chat.ticket")])
        expect(await browser.failure(call)).toMatchObject({
          status: 403,
          code: "auth.factor-missing",
        })
      const refused = await withKey(key)
      expect(refused.status).toBe(403)
      expect((await withKey(had.key)).status).toBe(200)

      const { secret } = await browser.mutate("factor.beginAuthenticator")
      const code = codeAt(secret, clock.now())
      await browser.mutate("factor.confirmAuthenticator", { code })
      expect((await browser.query("session.current")).user).toMatchObject({ factorMissing: false })
      await browser.query("account.balance")
      expect((await withKey(key)).status).toBe(200)
    })

    test("of administrators is asked of them alone; nobody is asked when it is lifted", async () => {
      // The administrator who required it of everyone is led to it like all others.
      const { secret } = await admin.mutate("factor.beginAuthenticator")
      const code = codeAt(secret, clock.now())
      await admin.mutate("factor.confirmAuthenticator", { code })
      await demand("admins")
      const { actor } = await server.addUser(0)
      const browser = await signIn(server.url, actor.name)
      await browser.query("account.balance")
      const other = await signInAdmin(server, "another-admin")
      expect(await other.failure(other.query("channel.list"))).toMatchObject({
        code: "auth.factor-missing",
      })
      await demand("nobody")
      clock.pass(3_000)
      expect(await other.query("channel.list")).toEqual([])
    })
  })

  test("an administrator takes it away from who lost it, which is written down and ends their sessions", async () => {
    const { userId, name, browser } = await somebody()
    const admin = await signInAdmin(server, "helpful")
    const meddling = browser.mutate("user.resetFactors", { userId })
    expect(await browser.failure(meddling)).toMatchObject({ code: "auth.forbidden" })
    await admin.mutate("user.resetFactors", { userId })
    expect((await browser.query("session.current")).user).toBeNull()
    expect((await password(name)).user.name).toBe(name)
    const [line] = await server.deps.db.rows("select * from audit_log where act = ?", [
      "user.reset-factors",
    ])
    expect(line).toMatchObject({ target_id: userId })
  })
})
