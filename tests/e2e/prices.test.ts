import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button, watch } from "./support/page.ts"

const patienceMs = 60_000

/** As another Chat Nio writes its rules: points per thousand tokens. */
const theirs = (models: string[], own: object = {}) => ({
  id: 1,
  type: "token-billing",
  models,
  input: 0.01,
  output: 0.02,
  anonymous: false,
  ...own,
})

if (!chromiumPath) skipSuite("prices in a browser", "Chromium is not installed")
else
  describe("prices in a browser", () => {
    let desk: Desk
    let page: Page
    let site: Bun.Server<undefined>

    beforeAll(async () => {
      desk = await openDesk(10)
      page = desk.page
      site = Bun.serve({
        port: 0,
        hostname: "127.0.0.1",
        fetch: () =>
          Response.json([
            theirs(["far-1", "far-2"]),
            theirs(["prose-1"], { input: 0.5 }),
            theirs(["below-nothing"], { input: -1 }),
          ]),
      })
    }, patienceMs)
    afterAll(async () => {
      await site.stop(true)
      await desk.close()
    })

    const open = () => page.goto(`${desk.server.url}/admin/prices`)
    const dialog = () => page.getByRole("dialog")
    const rules = async () => (await desk.operator.query("price.list")) as any[]
    const ruleOf = async (model: string) =>
      (await rules()).find(({ models }) => models.includes(model))

    async function importFrom(name: string) {
      await button(page, "Many at once").click()
      await page.getByRole("menuitem", { name }).click()
    }

    test(
      "a price is two numbers, and more when somebody unfolds it",
      async () => {
        const { errors } = watch(page, desk.server.url)
        await open()
        await button(page, "New price").click()
        await dialog().getByRole("textbox", { name: "Models" }).fill("thinker")
        await page.getByLabel("Sent, points per 1M tokens").fill("20")
        await page.getByText("0.02 points per 1K tokens, CN¥2.00 per 1M").waitFor()
        await page.getByLabel("Answered, points per 1M tokens").fill("80")
        expect(await page.getByLabel("Thinking, points per 1M").isVisible()).toBe(false)
        await page.getByText("More", { exact: true }).click()
        await dialog().getByLabel("From cache, points per 1M").first().fill("2.5")
        await page.getByLabel("Points per picture made").fill("none")
        await page.getByLabel("Longer than so many tokens").fill("200000")
        await button(page, "Save").click()
        expect(await page.getByText("Enter a number of points").count()).toBe(3)
        await page.getByLabel("Points per picture made").fill("")
        const long = page.getByRole("group", { name: "Long requests" })
        await long.getByLabel("Sent, points per 1M").fill("40")
        await long.getByLabel("Answered, points per 1M").fill("160")
        await button(page, "Save").click()
        await page.getByText("2.5 cached · above 200,000 tokens: 40 in · 160 out").waitFor()
        expect((await ruleOf("thinker")).details).toEqual({
          cachedInput: 2_500_000,
          longContext: { aboveTokens: 200_000, input: 40_000_000, output: 160_000_000 },
        })
        expect(errors).toEqual([])
      },
      patienceMs,
    )

    test(
      "a rule that comes too late gives up its models in one click",
      async () => {
        const late = { type: "free", models: ["thinker", "late-1"], input: 0, output: 0 }
        await desk.operator.mutate("price.save", { rule: { ...late, anonymous: false } })
        await open()
        await page.getByText(/^thinker: rule \d comes first\.$/).waitFor()
        await button(page, "Remove it from this rule").click()
        await page.getByText("The first rule stays their price.").waitFor()
        await page.getByText(/comes first\.$/).waitFor({ state: "detached" })
        expect((await ruleOf("late-1")).models).toEqual(["late-1"])
        expect((await ruleOf("thinker")).type).toBe("per-token")
      },
      patienceMs,
    )

    test(
      "prices of the list are found, worked out at the operator's rate, and taken over",
      async () => {
        await open()
        await importFrom("Import from the price list")
        await page.getByLabel("Search models").fill("gpt-4o")
        const row = dialog()
          .getByRole("listitem")
          .filter({ hasText: /^gpt-4oopenai/ })
        await row.getByText("177.5 in · 710 out · 88.75 cached").waitFor()
        await page.getByLabel("CNY per US dollar").fill("8")
        await page.getByLabel("CNY per US dollar").press("Enter")
        await row.getByText("200 in · 800 out · 100 cached").waitFor()
        await row.getByRole("checkbox").check()
        await button(page, "Take over 1 price").click()
        await page.getByText("1 added, 0 replaced, 0 kept.").waitFor()
        expect(await ruleOf("gpt-4o")).toMatchObject({
          input: 200_000_000,
          details: { cachedInput: 100_000_000 },
        })
      },
      patienceMs,
    )

    test(
      "another site's prices are compared, and each is kept or overwritten as chosen",
      async () => {
        await open()
        await importFrom("Import from another site")
        await page.getByLabel("Address of the site").fill("chat.example.com")
        await button(page, "Compare prices").click()
        await page.getByText("begins with http://").waitFor()
        await page.getByLabel("Address of the site").fill(`http://127.0.0.1:${site.port}`)
        await button(page, "Compare prices").click()
        await page.getByText("1 rule of the site cannot be used").waitFor()
        await page.getByText("its rate is not a number").waitFor()
        const prose = dialog().getByRole("listitem").filter({ hasText: "prose-1" })
        await prose.getByText("Now 2 in · 8 out").waitFor()
        await button(page, "Choose all new (2)").click()
        await button(page, "Take over 2 prices").waitFor()
        await prose.getByRole("checkbox").check()
        await prose.getByText("Overwritten").waitFor()
        await button(page, "Take over 3 prices").click()
        await page.getByText("2 added, 1 replaced, 0 kept.").waitFor()
        expect(await ruleOf("prose-1")).toMatchObject({ models: ["prose-1"], input: 500_000_000 })
        expect(await ruleOf("far-2")).toMatchObject({ models: ["far-1", "far-2"] })
      },
      patienceMs,
    )

    test(
      "a model without a price is looked up in the list",
      async () => {
        const [channel] = (await desk.operator.query("channel.list")) as any[]
        const { id, models } = channel
        const edit = { models: [...models, "gpt-4o-mini"] }
        await desk.operator.mutate("channel.update", { id, edit })
        await open()
        await button(page, "Look up in the price list").click()
        await dialog().getByRole("listitem").getByText("gpt-4o-mini", { exact: true }).waitFor()
        expect(await dialog().getByRole("listitem").count()).toBe(1)
        await button(page, "Choose all new (1)").click()
        await button(page, "Take over 1 price").click()
        await page.getByText("1 added, 0 replaced, 0 kept.").waitFor()
        expect(await page.getByText("has no price").count()).toBe(0)
      },
      patienceMs,
    )

    test(
      "chosen rules get dearer by percent",
      async () => {
        const before = await ruleOf("gpt-4o")
        await open()
        await importFrom("Change by percent")
        await page.getByLabel("Percent", { exact: true }).fill("-100")
        await page.getByRole("button", { name: /^Change \d+ rules$/ }).click()
        await page.getByText("Enter a percentage").waitFor()
        const boxes = dialog().getByRole("checkbox")
        for (const box of await boxes.all()) await box.uncheck()
        await dialog()
          .getByRole("checkbox", { name: /^gpt-4o / })
          .check()
        await page.getByLabel("Percent", { exact: true }).fill("+12.5 %")
        await button(page, "Change 1 rule").click()
        await page.getByText("1 rule changed.").waitFor()
        expect((await ruleOf("gpt-4o")).input).toBe(before.input * 1.125)
        expect((await ruleOf("far-1")).input).toBe(10_000_000)
      },
      patienceMs,
    )

    test(
      "a site that cannot be read is told of, and can be tried again",
      async () => {
        await open()
        await importFrom("Import from another site")
        await page.getByLabel("Address of the site").fill("http://127.0.0.1:1")
        await page.getByLabel("Address of the site").press("Enter")
        await dialog().getByRole("alert").getByText("could not be reached").waitFor()
        await page.keyboard.press("Escape")
        await dialog().waitFor({ state: "detached" })
      },
      patienceMs,
    )

    test(
      "the dialogs have no fault that a machine can find and fit a phone",
      async () => {
        for (const [size, colorScheme] of [
          ["desktop", "light"],
          ["phone", "dark"],
        ] as const) {
          const { context, page } = await desk.visit("/admin/prices", size)
          await page.emulateMedia({ colorScheme })
          await button(page, "New price").click()
          await page.getByText("More", { exact: true }).click()
          await expectNoFault(page, `${size} price`)
          await page.keyboard.press("Escape")
          await button(page, "Many at once").click()
          await page.getByRole("menuitem", { name: "Import from the price list" }).click()
          await page.getByText("Choose all new").waitFor()
          await expectNoFault(page, `${size} list`)
          await context.close()
        }
      },
      2 * patienceMs,
    )

    async function expectNoFault(page: Page, where: string) {
      await page.waitForTimeout(300)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`)).toEqual([])
      const surplus = await page.evaluate(() => {
        const content = document.querySelector("[role=dialog]")
        return content ? content.scrollWidth - content.clientWidth : 0
      })
      expect({ where, surplus }).toEqual({ where, surplus: 0 })
    }
  })
