import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, newVisitor, type sizes } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button } from "./support/page.ts"
import { rootPassword } from "./support/setup.ts"

const patienceMs = 40_000

if (!chromiumPath) skipSuite("visitors in a browser", "Chromium is not installed")
else
  describe("visitors in a browser", () => {
    let desk: Desk

    beforeAll(async () => {
      desk = await openDesk(50)
    }, patienceMs)
    afterAll(() => desk.close())

    async function arrive(size: keyof typeof sizes = "desktop") {
      const context = await newVisitor(desk.browser, size)
      const page = await context.newPage()
      await page.goto(desk.server.url)
      return { context, page }
    }
    async function ask(page: Page, text: string) {
      await page.locator("main textarea").fill(text)
      await page.getByRole("button", { name: "Send", exact: true }).click()
    }

    test(
      "without an open model, a visitor is asked to sign in",
      async () => {
        const { context, page } = await arrive()
        await page.getByRole("button", { name: "Sign in", exact: true }).waitFor()
        expect(await page.getByText("Try it without an account").count()).toBe(0)
        await context.close()
        const rules = await desk.operator.query("price.list")
        const rule = { type: "free", models: ["prose-1"], input: 0, output: 0, anonymous: true }
        await desk.operator.mutate("price.save", { rule })
        for (const { id } of rules.filter(({ models }: { models: string[] }) =>
          models.includes("prose-1"),
        ))
          await desk.operator.mutate("price.delete", { id })
      },
      patienceMs,
    )

    test(
      "a visitor chats, finds it again after a reload, and takes it along when signing in",
      async () => {
        const { context, page } = await arrive()
        await page.getByText("Ask something").waitFor()
        await ask(page, "What is a fair coin?")
        await page.getByRole("article").getByText("for a proof").waitFor()
        await button(page, "Try again")
          .waitFor()
          .catch(() => {})
        await page.reload()
        await page.getByRole("article").getByText("for a proof").waitFor()
        await page.getByRole("link", { name: "What is a fair coin?" }).waitFor()

        await page.getByRole("link", { name: "Sign in or create an account" }).click()
        await page.getByRole("link", { name: "Try it without an account" }).waitFor()
        await page.locator("input[autocomplete~=username]").fill("root")
        await page.getByLabel("Password", { exact: true }).fill(rootPassword)
        await button(page, "Sign in").click()
        await page.getByText("Keep your 1 conversation?").waitFor()
        await button(page, "Keep").click()
        await page.getByText("1 conversation is in your account now.").waitFor()
        await page.getByRole("link", { name: "What is a fair coin?" }).click()
        await page.getByRole("article").getByText("for a proof").waitFor()
        await page.reload()
        await page.getByRole("article").getByText("for a proof").waitFor()
        expect(await page.getByText("Keep your").count()).toBe(0)
        await context.close()
      },
      patienceMs,
    )

    test.each(["phone", "desktop"] as const)(
      "on a %s the visitor's page has no barrier, and says when it is too much",
      async (size) => {
        const { context, page } = await arrive(size)
        await page.getByText("Ask something").waitFor()
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
        for (let asked = 0; asked < 10; asked++) {
          await ask(page, `Question ${asked}`)
          await page.getByRole("button", { name: "Send", exact: true }).waitFor()
          if (await page.getByText("That was too fast").isVisible()) break
        }
        await ask(page, "One more")
        await page.getByText("That was too fast").first().waitFor()
        await page.waitForTimeout(500)
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
        await context.close()
      },
      patienceMs,
    )
  })
