import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, newVisitor } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button } from "./support/page.ts"

const patienceMs = 40_000

if (!chromiumPath) skipSuite("API keys in a browser", "Chromium is not installed")
else
  describe("API keys in a browser", () => {
    let desk: Desk
    let page: Page

    beforeAll(async () => {
      desk = await openDesk(50)
      page = desk.page
    }, patienceMs)
    afterAll(() => desk.close())

    const ask = (key: string, model: string) =>
      fetch(`${desk.server.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
      })

    /** The key of the dialog that shows it once. */
    async function shownKey() {
      const code = page.getByRole("dialog").locator("code")
      await code.waitFor()
      const key = (await code.textContent()) ?? ""
      await button(page, "Done").click()
      return key
    }

    async function doWith(name: string, action: string) {
      await page.goto(`${desk.server.url}/keys`)
      await button(page, `More for ${name}`).click()
      await page.getByRole("menuitem", { name: action }).click()
    }

    test(
      "what is limited in the form is refused by the API, until it is edited",
      async () => {
        await page.goto(`${desk.server.url}/keys`)
        await button(page, "Create key").click()
        await page.getByLabel("Name").fill("limited")
        await page.getByText("Limits").click()
        await page.getByLabel("Points it may spend in all").fill("2.5")
        await button(page, "Add model").click()
        await page.getByRole("option", { name: "prose-1" }).click()
        await page.keyboard.press("Escape")
        await page.getByLabel("Addresses it may be used from").fill("127.0.0.1, ::1\nnowhere")
        await button(page, "Create").click()
        await page.getByText("neither an address nor a range").waitFor()
        await page.getByLabel("Addresses it may be used from").fill("127.0.0.1, ::1")
        await button(page, "Create").click()
        const key = await shownKey()

        expect((await ask(key, "prose-1")).status).toBe(200)
        expect((await ask(key, "diagram-1")).status).toBe(403)
        await page.reload()
        await page.getByText(/of 2\.5 points/).waitFor()

        await doWith("limited", "Edit")
        await button(page, "Remove prose-1").click()
        await button(page, "Save").click()
        await page.getByText("Key saved").waitFor()
        expect((await ask(key, "diagram-1")).status).toBe(200)
      },
      patienceMs,
    )

    test(
      "a reset key has another secret and keeps its limits",
      async () => {
        const { key, id } = await desk.operator.mutate("apiKey.create", { name: "to be reset" })
        await doWith("to be reset", "Reset secret")
        await page.getByRole("alertdialog").getByRole("button", { name: "Reset secret" }).click()
        const next = await shownKey()
        expect((await ask(key, "prose-1")).status).toBe(401)
        expect((await ask(next, "prose-1")).status).toBe(200)

        await page.goto(`${desk.server.url}/keys/${id}`)
        await page.getByRole("cell", { name: "prose-1" }).waitFor()
        await page.getByRole("radio", { name: "Requests" }).click()
        await page.getByRole("radio", { name: "90 days" }).click()
        await page.getByRole("cell", { name: "prose-1" }).waitFor()
      },
      patienceMs,
    )

    test(
      "nothing is wider than a phone, and no page has a fault that a machine can find",
      async () => {
        const { id } = await desk.operator.mutate("apiKey.create", { name: "looked at" })
        for (const size of ["phone", "desktop"] as const)
          for (const colorScheme of ["light", "dark"] as const) {
            const context = await newVisitor(desk.browser, size, { colorScheme })
            await context.addCookies(await desk.context.cookies())
            const visitor = await context.newPage()
            for (const path of ["/keys", `/keys/${id}`]) {
              await visitor.goto(desk.server.url + path)
              await visitor.getByRole("heading", { level: 1 }).waitFor()
              await visitor.waitForLoadState("networkidle")
              await expectNoFault(visitor, `${path} ${size} ${colorScheme}`)
            }
            await visitor.getByRole("button", { name: "Edit" }).click()
            await visitor.getByLabel("Name").waitFor()
            await expectNoFault(visitor, `edit ${size} ${colorScheme}`)
            await context.close()
          }
      },
      2 * patienceMs,
    )

    async function expectNoFault(visitor: Page, where: string) {
      await visitor.waitForTimeout(300)
      const surplus = await visitor.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect({ where, surplus }).toEqual({ where, surplus: 0 })
      const { violations } = await new AxeBuilder({ page: visitor }).analyze()
      expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`)).toEqual([])
    }

    test(
      "what is to be copied names this very site",
      async () => {
        await page.goto(`${desk.server.url}/keys`)
        for (const [program, line] of [
          ["curl", `${desk.server.url}/v1/chat/completions`],
          ["Claude Code", `ANTHROPIC_BASE_URL=${desk.server.url}`],
          ["Codex", `base_url = "${desk.server.url}/v1"`],
          ["Gemini SDK", `"base_url": "${desk.server.url}"`],
        ] as const) {
          await page.getByRole("tab", { name: program }).click()
          await page.getByRole("tabpanel").getByText(line).waitFor()
        }
      },
      patienceMs,
    )
  })
