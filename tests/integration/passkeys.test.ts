import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { forgetFactors } from "@nio/server/core/factors/reset-factors"
import { setSetting } from "@nio/server/core/live/set-setting"
import { type Browser, browserWith, signIn, testPassword } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { createPasskey } from "../support/passkey.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const minuteMs = 60_000

/** A database is made and migrated, beside whatever else this machine does. */
const patienceMs = 30_000

eachDatabase("passkeys", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let visitor: Browser
  let origin: string

  beforeAll(async () => {
    server = await startServer((await open()).db, { now: clock.now })
    visitor = browserWith(server.url, "")
    origin = new URL(server.url).origin
  }, patienceMs)
  afterAll(() => server?.close())

  /** Somebody with one passkey, at a browser. */
  async function somebody() {
    const { actor } = await server.addUser(0)
    const browser = await signIn(server.url, actor.name)
    const passkey = createPasskey()
    const made = passkey.make(await browser.mutate("factor.passkeyOptions"), { origin })
    const { recoveryCodes } = await browser.mutate("factor.addPasskey", { name: "laptop", made })
    return { ...actor, browser, passkey, recoveryCodes: recoveryCodes as string[] }
  }
  const options = () => visitor.mutate("session.passkeyOptions")
  const signedIn = (assertion: unknown) => visitor.mutate("session.passkey", { assertion })
  const refused = async (assertion: unknown) =>
    expect(await visitor.failure(signedIn(assertion))).toMatchObject({
      status: 401,
      code: "auth.wrong-factor",
    })

  test("sign somebody in without a name, by a session that began with a good signature", async () => {
    const { userId, passkey, recoveryCodes } = await somebody()
    expect(recoveryCodes).toHaveLength(10)
    const asked = await options()
    expect(asked).toMatchObject({ rpId: "127.0.0.1", userVerification: "required" })
    expect(asked.allowCredentials ?? []).toEqual([])
    const signed = passkey.sign(asked, { origin, userHandle: userId })
    const answer = await visitor.post("session.passkey", { assertion: signed })
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? ""
    const { user } = await browserWith(server.url, cookie).query("session.current")
    expect(user.id).toBe(userId)
  })

  test("an answer is good once, and for five minutes", async () => {
    const { passkey } = await somebody()
    const signed = passkey.sign(await options(), { origin })
    await signedIn(signed)
    await refused(signed)
    const late = await options()
    clock.pass(5 * minuteMs)
    await refused(passkey.sign(late, { origin }))
  })

  test("a counter that does not go up is a copy of the key, and refused", async () => {
    const { passkey } = await somebody()
    await signedIn(passkey.sign(await options(), { origin, counter: 40 }))
    for (const counter of [40, 39, 0])
      await refused(passkey.sign(await options(), { origin, counter }))
    await signedIn(passkey.sign(await options(), { origin, counter: 41 }))
  })

  test("of two answers with one counter, one is taken", async () => {
    const { passkey } = await somebody()
    const signed = [await options(), await options()].map((asked) =>
      passkey.sign(asked, { origin, counter: 77 }),
    )
    const answers = await Promise.all(
      signed.map((assertion) => visitor.post("session.passkey", { assertion })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
  })

  test("whatever is not as it was asked for is refused", async () => {
    const { passkey, userId } = await somebody()
    const other = await somebody()
    await refused(passkey.sign(await options(), { origin: "https://evil.example" }))
    await refused(passkey.sign(await options(), { origin, rpId: "evil.example" }))
    await refused(passkey.sign(await options(), { origin, verified: false }))
    await refused(passkey.sign(await options(), { origin, type: "webauthn.create" }))
    await refused(passkey.sign(await options(), { origin, challenge: "bWFkZSB1cA" }))
    await refused(passkey.sign(await options(), { origin, userHandle: other.userId }))
    await refused(createPasskey().sign(await options(), { origin }))
    const foreign = other.passkey.sign(await options(), { origin })
    await refused({ ...foreign, id: passkey.id, rawId: passkey.id })
    const signed = passkey.sign(await options(), { origin })
    await refused({ ...signed, response: { ...signed.response, signature: "MEUCIQ" } })
    await signedIn(passkey.sign(await options(), { origin, userHandle: userId }))
  })

  test("malformed answers are told to be, and break nothing", async () => {
    const { passkey } = await somebody()
    const signed = passkey.sign(await options(), { origin })
    for (const broken of [
      undefined,
      {},
      { ...signed, id: 7 },
      { ...signed, response: {} },
      { ...signed, response: { ...signed.response, authenticatorData: "x".repeat(100_000) } },
    ])
      expect(await visitor.failure(signedIn(broken))).toMatchObject({ status: 400 })
    for (const field of ["clientDataJSON", "authenticatorData", "signature"])
      await refused({ ...signed, response: { ...signed.response, [field]: "AAAA" } })
  })

  test("are the second step after a password, asked for by that step's own challenge", async () => {
    const { name, userId, passkey } = await somebody()
    const first = await visitor.mutate("session.signIn", { name, password: testPassword })
    expect(first.user).toBeNull()
    const { challenge, methods } = first.secondFactor
    expect(methods).toEqual(["passkey", "recovery"])
    const step = (assertion: unknown) =>
      visitor.mutate("session.secondFactor", { challenge, proof: { method: "passkey", assertion } })

    // Signed for getting in by itself, it is not good for the second step, nor the other way round.
    const alone = passkey.sign(await options(), { origin })
    expect(await visitor.failure(step(alone))).toMatchObject({ code: "auth.wrong-factor" })
    const asked = await visitor.mutate("session.secondFactorOptions", { challenge })
    expect(asked.allowCredentials).toMatchObject([{ id: passkey.id }])
    await refused(passkey.sign(asked, { origin }))
    const again = await visitor.mutate("session.secondFactorOptions", { challenge })
    const { user } = await step(passkey.sign(again, { origin }))
    expect(user.id).toBe(userId)
  })

  test("of somebody else is no second step", async () => {
    const [one, other] = [await somebody(), await somebody()]
    const { name } = one
    const first = await visitor.mutate("session.signIn", { name, password: testPassword })
    const { challenge } = first.secondFactor
    const asked = await visitor.mutate("session.secondFactorOptions", { challenge })
    const assertion = other.passkey.sign(asked, { origin })
    const proof = { method: "passkey", assertion }
    const call = visitor.mutate("session.secondFactor", { challenge, proof })
    expect(await visitor.failure(call)).toMatchObject({ code: "auth.wrong-factor" })
  })

  test("are listed, renamed and removed by their owner alone, several of them", async () => {
    const { browser } = await somebody()
    clock.pass(1_000)
    const phone = createPasskey()
    const made = phone.make(await browser.mutate("factor.passkeyOptions"), { origin })
    const { recoveryCodes } = await browser.mutate("factor.addPasskey", { name: "phone", made })
    expect(recoveryCodes).toEqual([])
    const list = async () => (await browser.query("factor.list")).passkeys
    const [, second] = await list()
    expect(second).toMatchObject({ name: "phone", lastUsedAt: null })

    const stranger = (await somebody()).browser
    await stranger.mutate("factor.renamePasskey", { id: second.id, name: "mine" })
    await stranger.mutate("factor.removePasskey", { id: second.id })
    await browser.mutate("factor.renamePasskey", { id: second.id, name: "telephone" })
    expect((await list()).map(({ name }: { name: string }) => name)).toEqual([
      "laptop",
      "telephone",
    ])
    await browser.mutate("factor.removePasskey", { id: second.id })
    expect(await list()).toHaveLength(1)
    await refused(phone.sign(await options(), { origin }))
  })

  test("cannot be added with an answer to another session's question, nor twice", async () => {
    const [one, other] = [await somebody(), await somebody()]
    const fresh = createPasskey()
    const asked = await other.browser.mutate("factor.passkeyOptions")
    const add = (made: unknown) => one.browser.mutate("factor.addPasskey", { name: "x", made })
    const failure = await one.browser.failure(add(fresh.make(asked, { origin })))
    expect(failure).toMatchObject({ status: 400, code: "passkey.refused" })

    for (const how of [{ origin: "https://evil.example" }, { origin, verified: false }]) {
      const made = fresh.make(await one.browser.mutate("factor.passkeyOptions"), how)
      expect(await one.browser.failure(add(made))).toMatchObject({ code: "passkey.refused" })
    }
    const taken = other.passkey.make(await one.browser.mutate("factor.passkeyOptions"), { origin })
    expect(await one.browser.failure(add(taken))).toMatchObject({ code: "passkey.refused" })
  })

  describe("B6: as a proof", () => {
    test("only what was signed for this session counts", async () => {
      const [one, other] = [await somebody(), await somebody()]
      clock.pass(11 * minuteMs)
      const late = one.browser.mutate("factor.renewCodes")
      expect(await one.browser.failure(late)).toMatchObject({ code: "auth.proof-required" })
      const prove = (assertion: unknown) =>
        one.browser.mutate("session.prove", { method: "passkey", assertion })
      const wrong = { status: 401, code: "auth.wrong-factor" }

      const alone = one.passkey.sign(await options(), { origin })
      expect(await one.browser.failure(prove(alone))).toMatchObject(wrong)
      const elsewhere = await other.browser.mutate("session.proofOptions")
      const foreign = one.passkey.sign(elsewhere, { origin })
      expect(await one.browser.failure(prove(foreign))).toMatchObject(wrong)
      const asked = await one.browser.mutate("session.proofOptions")
      const stranger = other.passkey.sign(asked, { origin })
      expect(await one.browser.failure(prove(stranger))).toMatchObject(wrong)

      await prove(one.passkey.sign(await one.browser.mutate("session.proofOptions"), { origin }))
      await one.browser.mutate("factor.renewCodes")
    })
  })

  test("belong to the site's address, when it is set, and not to what a request calls itself", async () => {
    const { passkey } = await somebody()
    await setSetting(server.deps, server.admin, {
      key: "site.address",
      value: "https://chat.example",
    })
    const asked = await options()
    expect(asked.rpId).toBe("chat.example")
    await refused(passkey.sign(asked, { origin }))
    await signedIn(passkey.sign(await options(), { origin: "https://chat.example" }))
    await setSetting(server.deps, server.admin, { key: "site.address", value: "" })
  })

  test("are taken away by the operator at the machine, when they are lost", async () => {
    const { name, passkey, browser } = await somebody()
    await forgetFactors(server.deps, name)
    expect((await browser.query("session.current")).user).toBeNull()
    await refused(passkey.sign(await options(), { origin }))
    expect((await signIn(server.url, name)).cookie).not.toBe("")
  })

  test("of somebody who is banned are refused", async () => {
    const { passkey, userId } = await somebody()
    await server.deps.db.run("update users set state = 'banned' where id = ?", [userId])
    await refused(passkey.sign(await options(), { origin }))
  })
})
