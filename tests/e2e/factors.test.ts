import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Browser, Page } from "playwright-core"
import { codeAt } from "../support/authenticator-app.ts"
import { startIssuer } from "../support/oidc-issuer.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, launch, newVisitor } from "./support/browser.ts"
import { button, signInAs, watch } from "./support/page.ts"
import { plugIn } from "./support/passkey-machine.ts"
import { startServer, type TestServer } from "./support/server.ts"
import { rootPassword } from "./support/setup.ts"

const patienceMs = 60_000
const stepMs = 30_000

/** Passkeys belong to a name: an address of digits has none. */
const named = (url: string) => url.replace("127.0.0.1", "localhost")

/** What nobody can see, hear or reach as it is. */
async function barriers(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** What the page's own scripts could ask of the server. */
const asked = (page: Page, path: string, input: unknown) =>
  page.evaluate(
    async ([to, body]) => {
      const headers = { "content-type": "application/json" }
      return (await fetch(`/trpc/${to}`, { method: "POST", headers, body })).status
    },
    [path, JSON.stringify(input)] as const,
  )

if (!chromiumPath) skipSuite("second factors in a browser", "Chromium is not installed")
else
  describe("second factors in a browser", () => {
    let browser: Browser
    let server: TestServer
    let url: string

    beforeAll(async () => {
      ;[browser, server] = await Promise.all([
        launch(),
        startServer({ ROOT_PASSWORD: rootPassword }),
      ])
      url = named(server.url)
    }, patienceMs)
    afterAll(async () => {
      await browser.close()
      await server[Symbol.asyncDispose]()
    })

    async function newPage(own: Parameters<typeof newVisitor>[2] = {}) {
      const context = await newVisitor(browser, "desktop", own)
      const page = await context.newPage()
      return { context, page, ...watch(page, url) }
    }
    /** Of the step after this one, for each code works once. */
    let used = 0
    async function nextCode(secret: string) {
      while (Math.floor(Date.now() / stepMs) <= used) await Bun.sleep(500)
      used = Math.floor(Date.now() / stepMs)
      return codeAt(secret, Date.now())
    }

    let secret = ""
    let recovery: string[] = []
    /** In as root, by the password and a code that was kept: those of the app come every half minute. */
    async function enterAs(page: Page, target: string) {
      await page.goto(`${url}/sign-in?redirect=${target}`)
      await signInAs(page, "root", rootPassword)
      await button(page, "Use a recovery code").click()
      await page.getByLabel("Recovery code").fill(recovery.pop()?.toLowerCase() ?? "")
      await button(page, "Continue").click()
    }

    test(
      "an authenticator app is set up with its key, and then asked for at sign-in",
      async () => {
        const { context, page, strangers, errors } = await newPage()
        await page.goto(`${url}/account/security`)
        await signInAs(page, "root", rootPassword)
        await button(page, "Set up").click()
        await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor()
        expect(await barriers(page)).toEqual([])
        secret = ((await page.locator("code").textContent()) ?? "").replace(/\s/g, "")
        await page.getByLabel("The code it shows now").fill("000000")
        await button(page, "Confirm").click()
        await page.getByText("This code or passkey is wrong").waitFor()
        await page.getByLabel("The code it shows now").fill(await nextCode(secret))
        await button(page, "Confirm").click()
        await page.getByText("Keep your recovery codes").waitFor()
        const codes = await page.getByRole("dialog").getByRole("listitem").allInnerTexts()
        expect(codes).toHaveLength(10)
        recovery = codes
        const saved = page.waitForEvent("download")
        await button(page, "Download").click()
        expect((await saved).suggestedFilename()).toBe("recovery-codes.txt")
        await button(page, "I have kept them").click()
        await page.getByText("10 left").waitFor()
        expect({ strangers, errors }).toEqual({ strangers: [], errors: [] })
        await context.close()

        const again = await newPage()
        await again.page.goto(`${url}/keys`)
        await signInAs(again.page, "root", rootPassword)
        expect(await barriers(again.page)).toEqual([])
        await again.page.getByLabel("Code from your authenticator app").fill("111111")
        await button(again.page, "Continue").click()
        await again.page.getByText("This code or passkey is wrong").waitFor()
        expect(await again.context.cookies()).toEqual([])
        await again.page.getByLabel("Code from your authenticator app").fill(await nextCode(secret))
        await button(again.page, "Continue").click()
        await again.page.waitForURL(/\/keys$/)
        await again.context.close()
      },
      patienceMs * 2,
    )

    test(
      "a recovery code stands in for it, once",
      async () => {
        const { context, page } = await newPage()
        const code = recovery.at(-1) ?? ""
        await enterAs(page, "/account/security")
        await page.getByText("9 left").waitFor()
        await context.clearCookies()
        recovery.push(code)
        await enterAs(page, "/account/security")
        await page.getByText("This code or passkey is wrong").waitFor()
        await context.close()
      },
      patienceMs,
    )

    test(
      "a passkey is added, signs its owner in by itself, and is the second step after a password",
      async () => {
        const { context, page, errors } = await newPage()
        const key = await plugIn(page)
        await enterAs(page, "/account/security")
        await button(page, "Add a passkey").click()
        await page.getByLabel("Name").fill("My desk")
        await page.getByRole("dialog").getByRole("button", { name: "Add a passkey" }).click()
        await page.getByText("My desk").waitFor()
        const [kept] = await key.keys()
        expect(kept).toMatchObject({ isResidentCredential: true, rpId: "localhost" })

        // The browser suggests it in the field of the name, and the key in the machine takes it at once.
        await context.clearCookies()
        await page.goto(`${url}/sign-in?redirect=/account/security`)
        await page.getByText("My desk").waitFor()

        await context.clearCookies()
        await key.touched(false)
        await page.goto(`${url}/sign-in?redirect=/account/security`)
        await button(page, "Sign in with a passkey").click()
        await page.getByText("Nothing was chosen").waitFor()
        await key.touched(true)
        await button(page, "Sign in with a passkey").click()
        await page.getByText("My desk").waitFor()
        await page
          .getByText(/^Used /)
          .first()
          .waitFor()

        await context.clearCookies()
        await key.touched(false)
        await page.goto(`${url}/sign-in?redirect=/keys`)
        await signInAs(page, "root", rootPassword)
        await button(page, "Use a passkey instead").click()
        await button(page, "Use a passkey").click()
        await page.getByText("Nothing was chosen").waitFor()
        await key.touched(true)
        await button(page, "Use a passkey").click()
        await page.waitForURL(/\/keys$/)
        expect(errors).toEqual([])
        await context.close()
      },
      patienceMs * 2,
    )

    test(
      "what could lock somebody out asks who they are, when they proved it long ago",
      async () => {
        const { context, page } = await newPage()
        await plugIn(page)
        await enterAs(page, "/account/security")
        await page.getByText("My desk").waitFor()
        const { Database } = await import("bun:sqlite")
        const db = new Database(`${server.folder}/nio.sqlite`)
        db.run("update sessions set proven_at = 1")
        db.close()
        await button(page, "Make new ones").click()
        await page.getByRole("alertdialog").getByRole("button", { name: "Make new ones" }).click()
        await page.getByText("Is it you?").waitFor()
        expect(await barriers(page)).toEqual([])
        await button(page, "Use a recovery code").click()
        await page.getByLabel("Recovery code").fill(recovery.pop() ?? "")
        await button(page, "Continue").click()
        await page.getByText("Keep your recovery codes").waitFor()
        recovery = await page.getByRole("dialog").getByRole("listitem").allInnerTexts()
        await button(page, "I have kept them").click()
        await page.getByText("10 left").waitFor()
        await context.close()
      },
      patienceMs * 2,
    )

    test(
      "who lacks the second factor the site wants is led to a page that cannot be left",
      async () => {
        const { context, page } = await newPage()
        await plugIn(page)
        await enterAs(page, "/")
        await page.waitForURL(`${url}/`)
        const everyone = [{ key: "security.requireSecondFactor", value: "everyone" }]
        expect(await asked(page, "setting.save", { changes: everyone })).toBe(200)
        expect(
          await asked(page, "session.register", {
            name: "newcomer",
            password: rootPassword,
            language: "en",
          }),
        ).toBe(200)

        const other = await newPage()
        await plugIn(other.page)
        await other.page.goto(`${url}/keys`)
        await signInAs(other.page, "newcomer", rootPassword)
        await other.page.getByRole("heading", { name: "Set up a second factor" }).waitFor()
        await other.page.goto(`${url}/account`)
        await other.page.getByRole("heading", { name: "Set up a second factor" }).waitFor()
        expect(await barriers(other.page)).toEqual([])
        await other.page.getByText("Passkey", { exact: true }).click()
        await other.page.getByLabel("Name").fill("Telephone")
        await button(other.page, "Add a passkey").click()
        await button(other.page, "I have kept them").click()
        await other.page.waitForURL(/\/account$/)
        await other.context.close()
        await context.close()
      },
      patienceMs * 2,
    )

    test(
      "an account elsewhere is offered by the operator, lets somebody in, and leads to the page they wanted",
      async () => {
        const issuer = await startIssuer([`${url}/oidc/corp/callback`], {
          zoe: { email: "zoe@example.com", email_verified: true, preferred_username: "Zoe" },
        })
        const { context, page, errors } = await newPage()
        await enterAs(page, "/")
        await page.waitForURL(`${url}/`)
        const changes = [
          { key: "security.requireSecondFactor", value: "nobody" },
          { key: "site.address", value: url },
        ]
        expect(await asked(page, "setting.save", { changes })).toBe(200)
        await page.goto(`${url}/admin/settings`)
        await button(page, "Add a provider").click()
        const form = page.getByRole("dialog")
        await form.getByLabel("Name", { exact: true }).fill("Our company")
        await form.getByLabel("Short name").fill("corp")
        await form.getByLabel("Issuer").fill(issuer.url)
        await form.getByLabel("Client ID").fill(issuer.clientId)
        await form.getByLabel("Client secret").fill(issuer.clientSecret)
        await form.getByText(`${url}/oidc/corp/callback`).waitFor()
        expect(await barriers(page)).toEqual([])
        await button(page, "Save").last().click()
        await page.getByText(issuer.url).waitFor()
        await context.close()

        // With the installed app in between, which must let the way back through to the server.
        const visitor = await newPage({ serviceWorkers: "allow" })
        await visitor.page.goto(`${url}/account/security`)
        await visitor.page.evaluate(() => navigator.serviceWorker.ready.then(() => null))
        await button(visitor.page, "Continue with Our company").click()
        await visitor.page.getByPlaceholder("Enter any login").fill("zoe")
        await visitor.page.getByPlaceholder("and password").fill("any")
        await button(visitor.page, "Sign-in").click()
        await button(visitor.page, "Continue").click()
        await visitor.page.waitForURL(`${url}/account/security`)
        await visitor.page.getByText("zoe@example.com").waitFor()
        expect(await barriers(visitor.page)).toEqual([])
        await button(visitor.page, "Disconnect").click()
        await visitor.page
          .getByRole("alertdialog")
          .getByRole("button", { name: "Disconnect" })
          .click()
        await visitor.page.getByText("This is your only way to sign in").waitFor()
        expect([...errors, ...visitor.errors]).toEqual([])
        await visitor.context.close()
        issuer.close()
      },
      patienceMs,
    )
  })
