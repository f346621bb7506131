import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Browser } from "playwright-core"
import { signIn } from "../support/browser.ts"
import { mysqlUrl } from "../support/databases.ts"
import { type FormerDatabase, formerDatabase, placeAt } from "../support/former-site.ts"
import { generateFormerSite } from "../support/generate-former-site.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, launch, newVisitor } from "./support/browser.ts"
import { startServer, type TestServer } from "./support/server.ts"
import { cookieOf, rootPassword } from "./support/setup.ts"

const patienceMs = 60_000
const name = "an administrator finds a Chat Nio installation in the database"

if (!chromiumPath) skipSuite(name, "Chromium is not installed")
else if (!mysqlUrl) skipSuite(name, "TEST_MYSQL_URL is not set")
else
  describe(name, () => {
    let former: FormerDatabase
    let server: TestServer
    let browser: Browser

    beforeAll(async () => {
      former = await formerDatabase()
      await generateFormerSite(former, { users: 60, conversations: 300 })
      const { host, port, user, password, database } = placeAt(former.url)
      const mysql = { MYSQL_HOST: host, MYSQL_PORT: `${port}`, MYSQL_DB: database }
      const login = { MYSQL_USER: user, MYSQL_PASSWORD: password, ROOT_PASSWORD: rootPassword }
      server = await startServer({ ...mysql, ...login })
      browser = await launch()
    }, patienceMs)

    afterAll(async () => {
      await browser?.close()
      await server?.[Symbol.asyncDispose]()
      await former?.remove()
    })

    test(
      "tries it, takes it over, and people sign in as before",
      async () => {
        const context = await newVisitor(browser, "desktop")
        const operator = await signIn(server.url, "root", rootPassword)
        await context.addCookies([cookieOf(operator, server.url)])
        const page = await context.newPage()
        await page.goto(`${server.url}/admin/users`)
        await page.getByText("A Chat Nio installation is in this database").waitFor()
        await page.getByRole("link", { name: "Have a look" }).click()
        await page.getByRole("heading", { name: "What was found" }).waitFor()
        expect(await page.getByRole("button", { name: "Import" }).isDisabled()).toBe(true)

        await page.getByLabel("Time zone of the old server").fill("Nowhere/Atall")
        await page.getByRole("button", { name: "Try it" }).click()
        await page.getByText("Choose a time zone from the list").waitFor()
        await page.getByLabel("Time zone of the old server").fill("Asia/Shanghai")
        await page.getByRole("button", { name: "Try it" }).click()
        await page.getByText("All sums agree").waitFor()
        await page.getByText("Debts of").waitFor()
        const axe = await new AxeBuilder({ page }).analyze()
        expect(axe.violations.map(({ id }) => id)).toEqual([])

        await page.getByRole("button", { name: "Import" }).click()
        await page.getByText("Every sum there and here agrees").waitFor({ timeout: patienceMs })
        await page.getByRole("row", { name: "Conversations 299 1 1 × it cannot be read" }).waitFor()

        const person = await signIn(server.url, "person8", "password8")
        const { items } = await person.query("conversation.list", { limit: 10 })
        expect(items).toHaveLength(5)
      },
      patienceMs,
    )
  })
