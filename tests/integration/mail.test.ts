import { beforeAll, describe, expect, test } from "bun:test"
import { type LanguageTag, languageTag } from "@nio/server/contract"
import type { Mail, MailServer } from "@nio/server/core/deps"
import type { MailParams } from "@nio/server/core/mail/templates/template"
import { writeMail } from "@nio/server/core/mail/write-mail"
import { smtpMailer } from "@nio/server/infra/mailer"
import { makeCertificate } from "../support/certificate.ts"
import { silentServer } from "../support/silent-server.ts"
import { headerOf, partOf, startSmtpSink } from "../support/smtp-sink.ts"

const mail: Mail = {
  from: { name: "Chat Nio", address: "noreply@site.test" },
  to: "ada@people.test",
  subject: "A subject",
  text: "in words",
  html: "<p>in pictures</p>",
}
const account = { username: "mailer", password: "hunter2-but-longer" }
/** How long a request in front of a page may wait for mail, with some room for a busy machine. */
const waitMsMax = 17_000

let certificate: { key: string; cert: string }
beforeAll(async () => {
  certificate = await makeCertificate("localhost")
})

const serverAt = (port: number, own: Partial<MailServer> = {}): MailServer => ({
  host: "localhost",
  port,
  security: "plain",
  ...own,
})
const trusting = () => smtpMailer({ ca: certificate.cert })

describe("a mail is handed over", () => {
  test("in the open", async () => {
    const sink = await startSmtpSink()
    const { failure, transcript } = await smtpMailer()(serverAt(sink.port), mail)
    expect(failure).toBeUndefined()
    expect(sink.delivered).toMatchObject([
      { from: "noreply@site.test", to: ["ada@people.test"], secure: false },
    ])
    const source = sink.delivered[0]!.source
    expect(headerOf(source, "from")).toBe("Chat Nio <noreply@site.test>")
    expect(headerOf(source, "subject")).toBe("A subject")
    expect(headerOf(source, "auto-submitted")).toBe("auto-generated")
    expect(partOf(source, "text/plain")).toContain("in words")
    expect(partOf(source, "text/html")).toContain("<p>in pictures</p>")
    expect(transcript).toContain("→ MAIL FROM:<noreply@site.test>")
    expect(transcript.join("\n")).toMatch(/← 250 .*queued|← 250 OK/)
    expect(transcript.join("\n")).not.toContain("in words")
    await sink.close()
  })

  test("within TLS from the first byte", async () => {
    const sink = await startSmtpSink({ secure: true, ...certificate, account })
    const { failure } = await trusting()(
      serverAt(sink.port, { security: "tls", login: account }),
      mail,
    )
    expect(failure).toBeUndefined()
    expect(sink.delivered).toMatchObject([{ secure: true }])
    expect(sink.logins).toMatchObject([account])
    await sink.close()
  })

  test("after STARTTLS, and only then with the password", async () => {
    const sink = await startSmtpSink({ ...certificate, account })
    const { failure, transcript } = await trusting()(
      serverAt(sink.port, { security: "starttls", login: account }),
      mail,
    )
    expect(failure).toBeUndefined()
    expect(sink.delivered).toMatchObject([{ secure: true }])
    const steps = transcript.filter((line) => /^→ (?:STARTTLS|AUTH)/.test(line))
    expect(steps[0]).toBe("→ STARTTLS")
    await sink.close()
  })

  test.each(["PLAIN", "LOGIN"])("with AUTH %s, whose password is in no transcript", async (way) => {
    const sink = await startSmtpSink({ authMethods: [way], allowInsecureAuth: true, account })
    const { failure, transcript } = await smtpMailer()(
      serverAt(sink.port, { login: account }),
      mail,
    )
    expect(failure).toBeUndefined()
    expect(sink.logins).toEqual([{ method: way, ...account }])
    const said = transcript.join("\n")
    expect(said).toContain(`→ AUTH ${way}`)
    expectNoPassword(said)
    await sink.close()
  })
})

function expectNoPassword(said: string) {
  expect(said).not.toContain(account.password)
  expect(said).not.toContain(Buffer.from(account.password).toString("base64"))
  const plain = Buffer.from(`\0${account.username}\0${account.password}`).toString("base64")
  expect(said).not.toContain(plain)
}

describe("what goes wrong is said, with the transcript", () => {
  test("a wrong password", async () => {
    const sink = await startSmtpSink({ secure: true, ...certificate, account })
    const login = { ...account, password: "wrong-password" }
    const outcome = await trusting()(serverAt(sink.port, { security: "tls", login }), mail)
    expect(outcome.failure).toMatch(/Invalid login.*535/)
    expect(outcome.transcript.at(-1)).toMatch(/535|QUIT/)
    expect(outcome.transcript.join("\n")).not.toContain(login.password)
    expect(sink.delivered).toEqual([])
    await sink.close()
  })

  test("STARTTLS that is not offered: nothing is said in the open instead", async () => {
    const sink = await startSmtpSink({
      disabledCommands: ["STARTTLS"],
      allowInsecureAuth: true,
      account,
      authOptional: true,
    })
    const outcome = await trusting()(
      serverAt(sink.port, { security: "starttls", login: account }),
      mail,
    )
    expect(outcome.failure).toBeDefined()
    expect(outcome.transcript.join("\n")).not.toMatch(/→ (?:AUTH|MAIL)/)
    expect(sink.logins).toEqual([])
    await sink.close()
  })

  test.each(["tls", "starttls"] as const)(
    "a certificate nobody vouches for, by %s",
    async (way) => {
      const sink = await startSmtpSink({ secure: way === "tls", ...certificate })
      const outcome = await smtpMailer()(serverAt(sink.port, { security: way }), mail)
      expect(outcome.failure).toMatch(/self.signed|certificate/i)
      expect(sink.delivered).toEqual([])
      await sink.close()
    },
  )

  test("a certificate for another host", async () => {
    const other = await makeCertificate("other.test")
    const sink = await startSmtpSink({ secure: true, ...other })
    const outcome = await smtpMailer({ ca: other.cert })(
      serverAt(sink.port, { security: "tls" }),
      mail,
    )
    expect(outcome.failure).toBeDefined()
    expect(sink.delivered).toEqual([])
    await sink.close()
  })

  test.each([
    ["from", 550, "This sender may not"],
    ["to", 450, "Mailbox busy"],
    ["to", 550, "No such user"],
    ["data", 421, "Going down"],
    ["data", 554, "Looks like spam"],
  ] as const)("a server that refuses at %s with %i", async (at, code, says) => {
    const sink = await startSmtpSink({ refuse: { at, code, says } })
    const { failure, transcript } = await smtpMailer()(serverAt(sink.port), mail)
    expect(failure).toContain(says)
    expect(transcript.join("\n")).toContain(`← ${code} ${says}`)
    expect(sink.delivered).toEqual([])
    await sink.close()
  })

  test("nobody who listens", async () => {
    const sink = await startSmtpSink()
    await sink.close()
    const { failure, transcript } = await smtpMailer()(serverAt(sink.port), mail)
    expect(failure).toBeDefined()
    expect(transcript).toEqual([])
  })

  test.each(["plain", "tls"] as const)(
    "a server that never answers, by %s: nobody waits longer than the limit",
    async (security) => {
      const silent = await silentServer()
      const began = performance.now()
      const { failure } = await smtpMailer()(serverAt(silent.port, { security }), mail)
      expect(failure).toBeDefined()
      expect(performance.now() - began).toBeLessThan(waitMsMax)
      await silent.close()
    },
    waitMsMax + 5_000,
  )

  test("a server that says a word now and then and never ends", async () => {
    const silent = await silentServer({ every: [1_000, "220-still here\r\n"] })
    const began = performance.now()
    const { failure } = await smtpMailer()(serverAt(silent.port), mail)
    expect(failure).toBeDefined()
    expect(performance.now() - began).toBeLessThan(waitMsMax)
    await silent.close()
  }, 25_000)

  test("a server that talks without end", async () => {
    const silent = await silentServer({ every: [1, `220-${"x".repeat(60_000)}\r\n`] })
    const { failure, transcript } = await smtpMailer()(serverAt(silent.port), mail)
    expect(failure).toBeDefined()
    expect(transcript.join("\n").length).toBeLessThan(400_000)
    await silent.close()
  }, 25_000)
})

describe("nobody adds headers or receivers", () => {
  test.each([
    ["a name", { from: { name: "Nio\r\nBcc: eve@evil.test", address: mail.from.address } }],
    ["a sender", { from: { name: "Nio", address: "n@site.test\r\nBcc: eve@evil.test" } }],
    ["a subject", { subject: "Hi\r\nBcc: eve@evil.test\r\n\r\nbody" }],
    ["a receiver", { to: "ada@people.test\r\nBcc: eve@evil.test" }],
    ["a list of receivers", { to: "ada@people.test, eve@evil.test" }],
    ["a receiver in the words of SMTP", { to: "ada@people.test>\r\nRCPT TO:<eve@evil.test" }],
  ])("by %s", async (_, own) => {
    const sink = await startSmtpSink()
    await smtpMailer()(serverAt(sink.port), { ...mail, ...own })
    for (const { to, source } of sink.delivered) {
      expect(to).not.toContain("eve@evil.test")
      expect(headerOf(source, "bcc")).toBeUndefined()
      expect(source).not.toMatch(/^bcc:/im)
    }
    await sink.close()
  })
})

const samples: MailParams = {
  registration: { code: "123456", minutes: 10 },
  "known-account": { name: "ada" },
  reset: { name: "ada", code: "123456", minutes: 10 },
  "new-address": { name: "ada", code: "123456", minutes: 10 },
  "address-changed": { name: "ada", address: "new@people.test" },
  alarm: { name: "ada", balance: "4.20", threshold: "5" },
  test: {},
}
const site = { title: "Nio & Söhne", address: "https://chat.test/" }

describe.each(languageTag.options)("in %s", (language: LanguageTag) => {
  test.each(Object.keys(samples) as (keyof MailParams)[])("the mail %s says everything", (name) => {
    const params = samples[name]
    const { subject, text, html } = writeMail(name, params, language, site)
    const said = `${subject}\n${text}`
    for (const value of Object.values(params)) expect(said).toContain(String(value))
    expect(said).toContain("Nio & Söhne")
    expect(said + html).not.toMatch(/\{\w+\}|undefined|\[object/)
    expect(html).toContain("Nio &amp; Söhne")
    expect(html).toContain(`lang="${language}"`)
    expect(html).toContain("prefers-color-scheme")
    expect(html).not.toMatch(/<img|<link|<script|url\(|@import/i)
  })
})

test("names and addresses cannot write HTML into a mail", () => {
  const evil = `<img src=x onerror="alert(1)">'&`
  const { html } = writeMail("known-account", { name: evil }, "en", {
    title: "<b>T</b>",
    address: 'https://chat.test/"><script>',
  })
  expect(html).not.toContain("<img")
  expect(html).not.toContain("<b>T</b>")
  expect(html).not.toContain("<script>")
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;")
})

test("a blank that looks like another is not filled twice", () => {
  const { text } = writeMail("known-account", { name: "{site}" }, "en", site)
  expect(text).toContain("its name is {site}.")
})

test("without an address of the site, a mail leads nowhere", () => {
  const { html, text } = writeMail("alarm", samples.alarm, "en", { ...site, address: "" })
  expect(html).not.toContain("href")
  expect(text).not.toContain("/account")
})
