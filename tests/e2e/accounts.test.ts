import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import { unzipSync } from "fflate"
import type { Page } from "playwright-core"
import { eventually } from "../support/eventually.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { type SmtpSink, startSmtpSink } from "../support/smtp-sink.ts"
import { chromiumPath, newVisitor, type sizes } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button, signInAs } from "./support/page.ts"

/** How long what opens takes to come into sight. */
const comingMs = 300
const patienceMs = 60_000
const password = "four words of mine"
const codeWaitMs = 56_000

if (!chromiumPath) skipSuite("accounts in a browser", "Chromium is not installed")
else
  describe("accounts in a browser", () => {
    let desk: Desk
    let sink: SmtpSink

    beforeAll(async () => {
      desk = await openDesk(0)
      sink = await startSmtpSink()
    }, patienceMs)
    afterAll(async () => {
      await desk.close()
      await sink.close()
    })

    const save = (values: Record<string, unknown>) =>
      desk.operator.mutate("setting.save", {
        changes: Object.entries(values).map(([key, value]) => ({ key, value })),
      })
    const sendMail = () =>
      save({
        "mail.host": "127.0.0.1",
        "mail.port": sink.port,
        "mail.security": "plain",
        "mail.from": "noreply@site.test",
      })

    const sendNone = () => save({ "mail.host": "" })

    async function somebody(name: string) {
      await sendNone()
      const input = { name, password, language: "en" }
      expect((await desk.operator.post("session.register", input)).status).toBe(200)
    }

    async function codeFor(address: string) {
      const found = () => sink.delivered.findLast(({ to }) => to.includes(address))
      await eventually(() => found() !== undefined, 10_000)
      return /^Subject: .*?\b(\d{6})\b/m.exec(found()?.source ?? "")?.[1] ?? "no code"
    }

    async function visitor(path: string, size: keyof typeof sizes = "desktop") {
      const context = await newVisitor(desk.browser, size)
      const page = await context.newPage()
      await page.goto(`${desk.server.url}${path}`)
      return { context, page }
    }

    async function isAccessible(page: Page) {
      await page.locator("main h1").first().waitFor()
      await page.waitForLoadState("networkidle")
      // What is still coming into sight has not its colours yet.
      await page.waitForTimeout(comingMs)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    }

    async function fillNew(page: Page, name: string) {
      await page.getByLabel("Name").fill(name)
      await page.getByLabel("Password", { exact: true }).fill(password)
      await page.getByLabel("Password again").fill(password)
    }

    test(
      "without mail, registering is one step and leads to where one wanted to go",
      async () => {
        await sendNone()
        const { context, page } = await visitor("/account/security")
        await page.getByRole("link", { name: "Create an account" }).click()
        await page.getByRole("heading", { name: "Create an account" }).waitFor()
        await isAccessible(page)
        await fillNew(page, "root")
        await button(page, "Create account").click()
        await page.getByText("could pass for the operator").waitFor()
        await page.getByLabel("Name").fill("Olive")
        await button(page, "Create account").click()
        await page.waitForURL(/\/account\/security/)
        await page.getByText("Chrome on Linux").waitFor()
        await context.close()
      },
      patienceMs,
    )

    test(
      "with mail it takes a code, what was typed stays between the steps, and the address signs in",
      async () => {
        await somebody("Taken")
        await sendMail()
        const { context, page } = await visitor("/register", "phone")
        await fillNew(page, "Robin")
        await button(page, "Next").click()
        await page.getByLabel("Mail address").fill("robin@people.test")
        await button(page, "Send code").click()
        await page.getByRole("button", { name: /^Again in \d+ s$/ }).waitFor()
        await isAccessible(page)
        await button(page, "Back").click()
        expect(await page.getByLabel("Name").inputValue()).toBe("Robin")
        await page.getByLabel("Name").fill("Taken")
        await button(page, "Next").click()
        expect(await page.getByLabel("Mail address").inputValue()).toBe("robin@people.test")
        await page.getByLabel("Code").fill(await codeFor("robin@people.test"))
        await button(page, "Create account").click()
        await page.getByText("Somebody has the name “Taken” already").waitFor()
        await page.getByLabel("Name").fill("Robin")
        await button(page, "Next").click()
        await button(page, "Create account").click()
        await page.getByText("What is on your mind").waitFor()
        await context.close()

        const again = await visitor("/sign-in")
        await signInAs(again.page, "robin@people.test", password)
        await again.page.getByText("What is on your mind").waitFor()
        await again.context.close()
      },
      patienceMs,
    )

    test(
      "who has no account is told no more than who mistyped the code",
      async () => {
        await sendMail()
        const { context, page } = await visitor("/sign-in")
        await page.getByRole("link", { name: "Forgot your password?" }).click()
        await isAccessible(page)
        await page.getByLabel("Mail address").fill("nobody@people.test")
        await button(page, "Send code").click()
        await page.getByText("Sent.").waitFor()
        await page.getByLabel("Code").fill("123456")
        await page.getByLabel("New password", { exact: true }).fill("another four words")
        await page.getByLabel("Password again").fill("another four words")
        await button(page, "Set password").click()
        await page.getByText("This code is wrong or too old").waitFor()
        await context.close()
      },
      patienceMs,
    )

    test(
      "whoever has the mail chooses a new password, and only the address is filled in then",
      async () => {
        await sendMail()
        const email = "kim@people.test"
        await desk.operator.mutate("session.registrationCode", { email, language: "en" })
        const input = { name: "Kim", password, language: "en", email, code: await codeFor(email) }
        expect((await desk.operator.post("session.register", input)).status).toBe(200)
        sink.delivered.length = 0
        // The server sends an address one code a minute.
        await Bun.sleep(codeWaitMs)
        const { context, page } = await visitor("/reset-password")
        await page.getByLabel("Mail address").fill(email)
        await button(page, "Send code").click()
        await page.getByLabel("Code").fill(await codeFor(email))
        await page.getByLabel("New password", { exact: true }).fill("another four words")
        await page.getByLabel("Password again").fill("another four words")
        await button(page, "Set password").click()
        await page.getByRole("heading", { name: "Sign in" }).waitFor()
        expect(await page.getByLabel("Name or mail address").inputValue()).toBe(email)
        expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("")
        await page.getByLabel("Password", { exact: true }).fill("another four words")
        await button(page, "Sign in").click()
        await page.getByText("What is on your mind").waitFor()
        await context.close()
      },
      2 * patienceMs,
    )

    test(
      "a name is changed, another device is signed out, data is taken along, and the account deleted",
      async () => {
        await somebody("Quinn")
        const { context, page } = await visitor("/sign-in")
        await signInAs(page, "Quinn", password)
        await page.getByText("What is on your mind").waitFor()
        const other = await visitor("/sign-in", "phone")
        await signInAs(other.page, "Quinn", password)
        await other.page.getByText("What is on your mind").waitFor()

        await page.goto(`${desk.server.url}/account`)
        await isAccessible(page)
        await button(page, "Change name").click()
        await page.getByLabel("Name", { exact: true }).fill("Quinn Q")
        await button(page, "Save").click()
        await page.getByText("Quinn Q").first().waitFor()

        await page.goto(`${desk.server.url}/account/security`)
        await page.getByText("This one").waitFor()
        await isAccessible(page)
        await button(page, "Revoke all others").click()
        await page.getByText("Signed out there").waitFor()
        await button(page, "Revoke all others").waitFor({ state: "detached" })
        await other.page.reload()
        await other.page.getByRole("heading", { name: "Sign in" }).waitFor()
        await other.context.close()

        await page.goto(`${desk.server.url}/account`)
        const downloading = page.waitForEvent("download")
        await page.getByRole("link", { name: "Download" }).click()
        const file = await (await downloading).path()
        const files = unzipSync(await Bun.file(file).bytes())
        expect(new TextDecoder().decode(files["profile.json"])).toContain("Quinn Q")

        await button(page, "Delete account").click()
        const confirm = page.getByRole("dialog").getByRole("button", { name: "Delete account" })
        expect(await confirm.isDisabled()).toBe(true)
        await isAccessible(page)
        await page.getByLabel("Type Quinn Q to confirm").fill("Quinn Q")
        await confirm.click()
        await page.getByRole("heading", { name: "Sign in" }).waitFor()
        await signInAs(page, "Quinn Q", password)
        await page.getByText("Name or password is wrong.").waitFor()
        await context.close()
      },
      patienceMs,
    )

    test(
      "a closed site says so, and hides the way in",
      async () => {
        await save({ "site.closeRegister": true, "site.contact": "Write to ops@site.test" })
        const { context, page } = await visitor("/sign-in")
        await page.getByRole("heading", { name: "Sign in" }).waitFor()
        expect(await page.getByRole("link", { name: "Create an account" }).count()).toBe(0)
        await page.goto(`${desk.server.url}/register`)
        await page.getByText("Registration is closed").waitFor()
        await page.getByText("Write to ops@site.test").waitFor()
        await isAccessible(page)
        await context.close()
      },
      patienceMs,
    )
  })
