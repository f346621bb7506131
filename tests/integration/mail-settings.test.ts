import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test"
import { live as rows } from "@nio/db"
import { canSendMail, sendMail } from "@nio/server/core/mail/send-mail"
import { createVault } from "@nio/server/infra/vault"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { refusal } from "../support/refusal.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"
import { headerOf, type SmtpSink, startSmtpSink } from "../support/smtp-sink.ts"

const account = { username: "mailer", password: "hunter2-but-longer" }

eachDatabase("mail as the operator sets it up", (open) => {
  let server: TestServer
  let sink: SmtpSink
  let admin: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db)
    sink = await startSmtpSink({ account, allowInsecureAuth: true })
    admin = await signInAdmin(server, "operator")
  })
  afterAll(async () => {
    await server.close()
    await sink.close()
  })
  beforeEach(() => {
    sink.delivered.length = 0
  })

  const save = (values: Record<string, unknown>) =>
    admin.mutate("setting.save", {
      changes: Object.entries(values).map(([key, value]) => ({ key, value })),
    })
  const setUp = (own = {}) =>
    save({
      "site.title": "Niø\tChat",
      "mail.host": "127.0.0.1",
      "mail.port": sink.port,
      "mail.security": "plain",
      "mail.username": account.username,
      "mail.password": account.password,
      "mail.from": "noreply@site.test",
      ...own,
    })
  const order = {
    to: "ada@people.test",
    template: "registration",
    params: { code: "123456", minutes: 10 },
    language: "ja",
  } as const

  test("until a server and a sender are set, none is sent and the caller is told", async () => {
    expect(canSendMail(server.deps)).toBe(false)
    expect(await refusal(sendMail(server.deps, order))).toMatchObject({
      code: "mail.not-configured",
    })
    expect(
      await admin.failure(admin.mutate("mail.test", { to: "ada@people.test", language: "en" })),
    ).toMatchObject({ code: "mail.not-configured" })
  })

  test("a mail goes out in its reader's language", async () => {
    await setUp()
    await sendMail(server.deps, order)
    expect(sink.delivered).toMatchObject([{ from: "noreply@site.test", to: ["ada@people.test"] }])
    const { source } = sink.delivered[0]!
    expect(headerOf(source, "subject")).toContain("確認コード")
    expect(headerOf(source, "from")).toContain("Niø Chat")
  })

  test("the language of somebody who chose none is English", async () => {
    await setUp()
    await sendMail(server.deps, { ...order, language: null })
    expect(headerOf(sink.delivered[0]!.source, "subject")).toContain("is your code")
  })

  test.each(["ada@people.test\r\nBcc: eve@evil.test", "a@b.test,c@d.test", "nobody", ""])(
    "%j is no address to send to",
    async (to) => {
      await setUp()
      expect(await refusal(sendMail(server.deps, { ...order, to }))).toMatchObject({
        code: "input.invalid",
      })
      expect(sink.delivered).toEqual([])
    },
  )

  test("a test mail shows what was said, also when it fails, and never the password", async () => {
    await setUp()
    const to = { to: "ada@people.test", language: "zh-CN" }
    const good = await admin.mutate("mail.test", to)
    expect(good.failure).toBeUndefined()
    expect(good.transcript).toContain("→ RCPT TO:<ada@people.test>")
    await setUp({ "mail.password": "a wrong password" })
    const bad = await admin.mutate("mail.test", to)
    expect(bad.failure).toContain("535")
    expect(bad.transcript.join("\n")).toContain("← 535")
    expect(JSON.stringify([good, bad])).not.toMatch(/hunter2|a wrong password/)
  })

  test("who is no administrator sends no test mail", async () => {
    const { actor } = await server.addUser(0)
    const member = await signIn(server.url, actor.name)
    const failed = await member.failure(
      member.mutate("mail.test", { to: "ada@people.test", language: "en" }),
    )
    expect(failed).toMatchObject({ status: 403, code: "auth.forbidden" })
  })

  test("what the server said is for the log and not for whoever waits", async () => {
    await setUp({ "mail.password": "a wrong password" })
    const error = await refusal(sendMail(server.deps, order))
    expect(error).toMatchObject({ code: "mail.failed", params: {} })
    expect(server.deps.logged.at(-1)).toMatchObject({ message: "a mail was not sent" })
  })

  test("S16: a secret setting is sealed where it is stored, and listed only as set", async () => {
    await setUp()
    const stored = await rows.findSetting(server.deps.db, "mail.password")
    expect(stored).toStartWith("sealed:1:")
    expect((await admin.query("setting.list"))["mail.password"]).toBe(true)
    await save({ "mail.password": "" })
    expect(server.deps.live.current().settings["mail.password"]).toBe(account.password)
    await save({ "mail.password": null })
    expect(server.deps.live.current().settings["mail.password"]).toBe("")
    expect((await admin.query("setting.list"))["mail.password"]).toBe(false)
  })

  test("the audit log says that a secret was set, not what it is", async () => {
    await save({ "mail.password": null })
    await setUp({ "mail.password": "seen by nobody" })
    const { orm, t } = server.deps.db
    const lines = await orm.select().from(t.auditLog)
    const last = lines.filter(({ targetId }) => targetId === "mail.password").at(-1)
    expect(last).toMatchObject({ act: "setting.set", before: null, after: "set" })
    expect(JSON.stringify(lines)).not.toMatch(/seen by nobody|hunter2/)
  })

  test("another installation's secret opens nothing, and says so", async () => {
    await setUp()
    const vault = createVault("the secret of another installation")
    const other = await testDeps(server.deps.db, { vault })
    expect(other.live.current().settings["mail.password"]).toBe("")
    expect(other.logged).toContainEqual(
      expect.objectContaining({ message: "a stored row cannot be used" }),
    )
    await other.close()
  })
})
