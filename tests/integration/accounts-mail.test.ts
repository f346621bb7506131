import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  setDefaultTimeout,
  test,
} from "bun:test"
import { mailCodes, users } from "@nio/db"
import type { SettingKey } from "@nio/server/contract"
import { setSettings } from "@nio/server/core/live/set-setting"
import { browserWith, signIn, testPassword } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { type SmtpSink, startSmtpSink } from "../support/smtp-sink.ts"

const password = testPassword
/** Each hashes some passwords, on a machine that may be busy. */
setDefaultTimeout(30_000)
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

eachDatabase("accounts with mail", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let sink: SmtpSink

  beforeAll(async () => {
    server = await startServer((await open()).db, { now: clock.now }, { trustedProxies: 1 })
    sink = await startSmtpSink()
    await set({
      "mail.host": "127.0.0.1",
      "mail.port": sink.port,
      "mail.security": "plain",
      "mail.from": "noreply@site.test",
    })
  })
  afterAll(async () => {
    await server.close()
    await sink.close()
  })
  beforeEach(() => {
    sink.delivered.length = 0
    clock.pass(dayMs)
  })

  const set = (values: Partial<Record<SettingKey, unknown>>) =>
    setSettings(
      server.deps,
      server.admin,
      Object.entries(values).map(([key, value]) => ({ key: key as SettingKey, value })),
    )

  let networks = 0
  /** A call from a network of its own; what it is answered: an error's code, or `ok`. */
  async function call(path: string, input: object, browser = browserWith(server.url, "")) {
    networks++
    const from = `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks & 255}`
    const response = await browser.post(path, input, { "x-forwarded-for": from })
    const body: any = await response.json()
    return body.error ? (body.error.data.app.code as string) : "ok"
  }
  const order = (path: string, email: string, browser = browserWith(server.url, "")) =>
    call(path, { email, language: "en" }, browser)

  async function mailTo(address: string) {
    const found = () => sink.delivered.findLast(({ to }) => to.includes(address))
    await eventually(() => found() !== undefined)
    return found()!.source
  }
  const codeIn = (mail: string) => /^Subject: .*?\b(\d{6})\b/m.exec(mail)?.[1] ?? "no code"
  const wrong = (code: string) => (code === "000000" ? "000001" : "000000")

  async function registered(name: string, email: string) {
    expect(await order("session.registrationCode", email)).toBe("ok")
    const code = codeIn(await mailTo(email))
    const input = { name, password, language: "en", email, code }
    expect(await call("session.register", input)).toBe("ok")
    sink.delivered.length = 0
    clock.pass(dayMs)
    return signIn(server.url, email)
  }

  test("registering needs the code that was sent, and then the address signs in as the name does", async () => {
    const input = { name: "Ada", password, language: "en" }
    expect(await call("session.register", input)).toBe("mail-code.wrong")
    expect(await order("session.registrationCode", "Ada@people.test")).toBe("ok")
    const code = codeIn(await mailTo("Ada@people.test"))
    const mine = { ...input, email: "ada@people.test" }
    expect(await call("session.register", { ...mine, code: wrong(code) })).toBe("mail-code.wrong")
    expect(await call("session.register", { ...mine, code })).toBe("ok")
    const browser = await signIn(server.url, "ADA@people.test")
    expect((await browser.query("session.current")).user.name).toBe("Ada")
    expect((await browser.query("account.profile")).email).toBe("ada@people.test")
    expect((await browser.query("session.current")).site.mail).toBe(true)
  })

  test("B7: a code is good once, for its address and its purpose alone", async () => {
    expect(await order("session.registrationCode", "one@people.test")).toBe("ok")
    const code = codeIn(await mailTo("one@people.test"))
    const register = (name: string, email: string) =>
      call("session.register", { name, password, language: "en", email, code })
    expect(await register("Two", "two@people.test")).toBe("mail-code.wrong")
    const reset = { email: "one@people.test", code, password, revokeKeys: false }
    expect(await call("session.resetPassword", reset)).toBe("mail-code.wrong")
    const both = [register("One", "one@people.test"), register("Uno", "one@people.test")]
    expect((await Promise.all(both)).toSorted()).toEqual(["mail-code.wrong", "ok"])
    expect(await register("Eins", "one@people.test")).toBe("mail-code.wrong")
  })

  test("B7: after five wrong guesses the right code is worthless, also when they come at once", async () => {
    expect(await order("session.registrationCode", "brute@people.test")).toBe("ok")
    const code = codeIn(await mailTo("brute@people.test"))
    const guess = (guessed: string) => {
      const input = { name: "Brute", password, language: "en", email: "brute@people.test" }
      return call("session.register", { ...input, code: guessed })
    }
    const guesses = await Promise.all(Array.from({ length: 5 }, () => guess(wrong(code))))
    expect(guesses).toEqual(Array(5).fill("mail-code.wrong"))
    expect(await guess(code)).toBe("mail-code.wrong")
  })

  test("B7: guesses at one address from ever new networks are held up", async () => {
    const guess = (at: number) =>
      call("session.resetPassword", {
        email: "many@people.test",
        code: String(at).padStart(6, "0"),
        password,
        revokeKeys: false,
      })
    const codes = await Promise.all(Array.from({ length: 14 }, (_, at) => guess(at)))
    expect(codes.filter((code) => code === "mail-code.wrong").length).toBe(10)
    expect(codes.filter((code) => code === "rate.limited").length).toBe(4)
  })

  test("a code is good for ten minutes, and only until the next one is sent", async () => {
    const email = "late@people.test"
    const register = (code: string) =>
      call("session.register", { name: "Late", password, language: "en", email, code })
    expect(await order("session.registrationCode", email)).toBe("ok")
    const first = codeIn(await mailTo(email))
    sink.delivered.length = 0
    clock.pass(minuteMs)
    expect(await order("session.registrationCode", email)).toBe("ok")
    const second = codeIn(await mailTo(email))
    if (first !== second) expect(await register(first)).toBe("mail-code.wrong")
    clock.pass(10 * minuteMs)
    expect(await register(second)).toBe("mail-code.wrong")
    await mailCodes.deleteExpiredCodes(server.deps.db, clock.now())
  })

  test("G1: an address gets one code a minute and ten a day, and a network twenty an hour", async () => {
    const email = "flood@people.test"
    expect(await order("session.registrationCode", email)).toBe("ok")
    expect(await order("session.resetCode", email)).toBe("rate.limited")
    for (let sent = 1; sent < 10; sent++) {
      clock.pass(minuteMs)
      expect(await order("session.registrationCode", email)).toBe("ok")
    }
    clock.pass(minuteMs)
    expect(await order("session.registrationCode", email)).toBe("rate.limited")

    const visitor = browserWith(server.url, "")
    const from = { "x-forwarded-for": "203.0.113.77" }
    const statuses = await Promise.all(
      Array.from({ length: 22 }, async (_, at) => {
        const input = { email: `nobody-${at}@people.test`, language: "en" }
        return (await visitor.post("session.resetCode", input, from)).status
      }),
    )
    expect(statuses.filter((status) => status === 429).length).toBe(2)
  })

  test("codes are kept as hashes that need the installation's secret", async () => {
    const email = "kept@people.test"
    expect(await order("session.registrationCode", email)).toBe("ok")
    const code = codeIn(await mailTo(email))
    const rows = await server.deps.db.rows("select * from mail_codes", [])
    expect(JSON.stringify(rows)).not.toContain(code)
    expect(JSON.stringify(rows)).not.toContain("people.test")
  })

  test("B8: whether an address has an account is told to its owner alone", async () => {
    await registered("Known", "known@people.test")
    expect(await order("session.registrationCode", "known@people.test")).toBe("ok")
    const mail = await mailTo("known@people.test")
    expect(codeIn(mail)).toBe("no code")
    expect(mail).toContain("already have an account")
    clock.pass(minuteMs)
    expect(await order("session.resetCode", "known@people.test")).toBe("ok")
    expect(await order("session.resetCode", "unknown@people.test")).toBe("ok")
    const wrongly = { code: "123456", password, revokeKeys: false }
    const answers = [
      await call("session.resetPassword", { ...wrongly, email: "known@people.test" }),
      await call("session.resetPassword", { ...wrongly, email: "unknown@people.test" }),
    ]
    expect(answers).toEqual(["mail-code.wrong", "mail-code.wrong"])
    await mailTo("known@people.test")
    expect(sink.delivered.filter(({ to }) => to.includes("unknown@people.test"))).toEqual([])
  })

  test("a new password by mail ends every session, and with it the keys", async () => {
    const browser = await registered("Greta", "greta@people.test")
    const { key } = await browser.mutate("apiKey.create", { name: "mine" })
    expect(await order("session.resetCode", "greta@people.test")).toBe("ok")
    const code = codeIn(await mailTo("greta@people.test"))
    const input = { email: "greta@people.test", code }
    const weak = { ...input, password: "greta" }
    expect(await call("session.resetPassword", weak)).toBe("auth.password-weak")
    const reset = { ...input, password: "a new one by mail" }
    expect(await call("session.resetPassword", reset)).toBe("ok")
    expect(await call("session.resetPassword", reset)).toBe("mail-code.wrong")
    expect((await browser.query("session.current")).user).toBeNull()
    const models = await fetch(`${server.url}/v1/models`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(models.status).toBe(401)
    await signIn(server.url, "Greta", "a new one by mail")
  })

  test("somebody banned gets no code", async () => {
    await registered("Barred", "barred@people.test")
    const row = await users.findUserByName(server.deps.db, "Barred")
    await users.saveState(server.deps.db, row?.id ?? "", "banned")
    expect(await order("session.resetCode", "barred@people.test")).toBe("ok")
    expect(await order("session.resetCode", "greta@people.test")).toBe("ok")
    await mailTo("greta@people.test")
    expect(sink.delivered.filter(({ to }) => to.includes("barred@people.test"))).toEqual([])
  })

  test("another address takes a fresh proof and its code, and the old one is told", async () => {
    const browser = await registered("Hugo", "hugo@people.test")
    await registered("Iris", "iris@people.test")
    const fresh = await signIn(server.url, "Hugo")
    expect(await order("account.emailCode", "hugo@new.test", fresh)).toBe("ok")
    const code = codeIn(await mailTo("hugo@new.test"))
    const change = { email: "hugo@new.test", code }
    expect(await call("account.changeEmail", change, await signIn(server.url, "Iris"))).toBe(
      "mail-code.wrong",
    )
    expect(await call("account.changeEmail", change, fresh)).toBe("ok")
    expect(await mailTo("hugo@people.test")).toContain("hugo@new.test")
    await signIn(server.url, "hugo@new.test")
    const before = browserWith(server.url, "")
    const old = before.mutate("session.signIn", { name: "hugo@people.test", password })
    expect(await before.failure(old)).toMatchObject({ code: "auth.wrong-credentials" })

    expect(await order("account.emailCode", "iris@people.test", fresh)).toBe("ok")
    expect(codeIn(await mailTo("iris@people.test"))).toBe("no code")
    clock.pass(20 * minuteMs)
    const stale = await order("account.emailCode", "hugo@third.test", browser)
    expect(stale).toBe("auth.proof-required")
  })

  describe("with a list of suffixes", () => {
    beforeAll(() => set({ "mail.suffixes.enabled": true, "mail.suffixes": ["people.test"] }))
    afterAll(() => set({ "mail.suffixes.enabled": false }))

    test.each([
      ["a@people.test", "ok"],
      ["b@PEOPLE.test", "ok"],
      ["c@sub.people.test", "mail.suffix"],
      ["d@evilpeople.test", "mail.suffix"],
      ["e@people.test.evil.test", "mail.suffix"],
      ["people.test@evil.test", "mail.suffix"],
      ['"f@people.test"@evil.test', "input.invalid"],
      ["g@evil.test@people.test", "input.invalid"],
      ["h@people.test\r\nBcc: i@evil.test", "input.invalid"],
    ])("G1: %p is answered %p", async (email, answer) => {
      expect(await order("session.registrationCode", email)).toBe(answer)
    })
  })

  test("when the mail server is away, whoever registers is told", async () => {
    await set({ "mail.port": 1 })
    expect(await order("session.registrationCode", "away@people.test")).toBe("mail.failed")
    await set({ "mail.port": sink.port })
  })
})
