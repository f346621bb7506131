import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Locator, Page } from "playwright-core"
import { type Browser, question, signIn } from "../support/browser.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, newVisitor } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button, chooseModel, finished, send } from "./support/page.ts"
import { scripts } from "./support/scripts.ts"
import { cookieOf } from "./support/setup.ts"

const patienceMs = 60_000

if (!chromiumPath) skipSuite("plans in a browser", "Chromium is not installed")
else
  describe("plans in a browser", () => {
    let desk: Desk
    let page: Page
    const [model = ""] = Object.keys(scripts)

    beforeAll(async () => {
      desk = await openDesk(1_000)
      page = desk.page
    }, patienceMs)
    afterAll(() => desk.close())

    const level = (name: string) =>
      page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) })

    test(
      "an administrator sets plans up, and sees what is wrong and what people will see",
      async () => {
        await page.goto(`${desk.server.url}/account`)
        await page.getByRole("link", { name: "Security" }).waitFor()
        expect(await page.getByRole("link", { name: "Plan", exact: true }).count()).toBe(0)

        await page.goto(`${desk.server.url}/admin/plans`)
        await page.getByRole("switch", { name: "Plans are available" }).click()
        const basic = level("Basic")
        await basic.getByLabel("Price a month, in points").fill("100")
        await basic.getByRole("button", { name: "Add an item" }).click()
        await button(page, "Save").click()
        await page.getByRole("alert").getByText("Basic: Every item needs a name.").waitFor()
        await basic.getByLabel("Name", { exact: true }).last().fill("Words")
        await basic.getByLabel("Uses a month").fill("2")
        await basic.getByRole("button", { name: "Add a model" }).click()
        await page.getByRole("option", { name: model }).first().click()
        await page.keyboard.press("Escape")
        const pro = level("Pro")
        await pro.getByLabel("Price a month, in points").fill("90")
        await pro.getByLabel("Import from another level").selectOption({ label: "Basic: Words" })
        await pro.getByLabel("Uses a month").fill("-1")
        await page.getByRole("alert").getByText("Pro: It must cost more than").waitFor()
        await pro.getByLabel("Price a month, in points").fill("400")
        await page.getByRole("article", { name: "Pro" }).getByText("without limit").waitFor()
        await button(page, "Save").click()
        await page.getByText("Plans saved.").waitFor()
        await page.reload()
        await page.getByRole("article", { name: "Basic" }).getByText("2 times a month").waitFor()
      },
      patienceMs,
    )

    test(
      "somebody subscribes for what was shown, sees what is used, and upgrades",
      async () => {
        await page.goto(`${desk.server.url}/account/plan`)
        await page.getByText("You have no plan.").waitFor()
        await page.getByLabel("How many months").selectOption("6 months")
        await page.getByRole("article", { name: "Basic" }).getByText("10 % off").waitFor()
        await button(page, "Subscribe: Basic").click()
        const dialog = page.getByRole("dialog")
        await dialog.getByText("540 points").waitFor()
        await dialog.getByRole("button", { name: "Confirm and pay" }).click()
        await page.getByText("You have Basic now.").waitFor()
        await page.getByText("0 / 2").waitFor()
        expect(await desk.operator.query("account.balance")).toMatchObject({
          available: 460_000_000,
        })

        await page.goto(desk.server.url)
        await chooseModel(page, model)
        await send(page, "Hello")
        await finished(page)
        await page.goto(`${desk.server.url}/account/plan`)
        await page.getByRole("meter", { name: "Words" }).waitFor()
        await page.getByText("1 / 2").waitFor()
        await page.getByText(/Starts anew/).waitFor()

        await button(page, "Upgrade: Pro").click()
        await dialog.getByText("You do not have enough points for this.").waitFor()
        expect(await button(page, "Confirm and pay").isDisabled()).toBe(true)
        await desk.operator.mutate("user.addPoints", {
          userId: (await desk.operator.query("session.current")).user.id,
          points: 10_000,
          reason: "for the upgrade",
          requestId: crypto.randomUUID(),
        })
        await page.reload()
        await button(page, "Upgrade: Pro").click()
        await dialog.getByText("You pay the difference").waitFor()
        await dialog.getByRole("button", { name: "Confirm and pay" }).click()
        await page.getByText("You have Pro now.").waitFor()
        await page.getByText("1 used").waitFor()
      },
      patienceMs,
    )

    describe("of one account", () => {
      const password = "correct horse battery"
      let userId: string
      let person: Browser

      beforeAll(async () => {
        userId = (await desk.operator.mutate("user.create", { name: "Nina", password })).id
        person = await signIn(desk.server.url, "Nina", password)
      }, patienceMs)

      const plan = (on = page) =>
        on
          .locator("section")
          .filter({ has: on.getByRole("heading", { name: "Plan", exact: true }) })
      const fact = (name: string) =>
        plan().locator("dl > div").filter({ hasText: name }).locator("dd")

      /** Opens the form, fills it in and sends it. */
      async function set(fill: (dialog: Locator) => Promise<unknown>) {
        await button(page, "Change plan").click()
        const dialog = page.getByRole("dialog")
        await fill(dialog)
        await dialog.getByLabel("Reason").fill("a present")
        await button(page, "Apply").click()
        await dialog.waitFor({ state: "detached" })
      }

      test(
        "an administrator gives a plan until a day, which its owner sees, and ends it",
        async () => {
          await page.goto(`${desk.server.url}/admin/users/${userId}`)
          await plan().getByText("No plan. What they use is paid with points.").waitFor()
          expect(await button(page, "Release usage").isDisabled()).toBe(true)
          await button(page, "Change plan").click()
          const dialog = page.getByRole("dialog")
          await dialog.getByLabel("Level").selectOption("Pro")
          await dialog.getByLabel("End").fill("2020-01-01")
          await dialog.getByText("It must not end before it starts.").waitFor()
          await dialog.getByLabel("End").fill("2035-03-10")
          await button(page, "Apply").click()
          await dialog.getByText("Say why").waitFor()
          await dialog.getByLabel("Reason").fill("a present")
          await button(page, "Apply").click()
          await dialog.waitFor({ state: "detached" })
          await fact("End").getByText("Mar 10, 2035").waitFor()
          expect(await fact("Level").textContent()).toBe("Pro")
          expect(await fact("Months bought").textContent()).toBe("0")
          await page.getByText("user.set-subscription").waitFor()

          const { expiresAt, startedAt } = (await person.query("plan.view")).subscription
          expect(expiresAt).toBe(new Date("2035-03-10T23:59:59.999").getTime())
          const context = await newVisitor(desk.browser, "phone")
          await context.addCookies([cookieOf(person, desk.server.url)])
          const own = await context.newPage()
          await own.goto(`${desk.server.url}/account/plan`)
          await own.getByText("Pro, until Mar 10, 2035").waitFor()
          await context.close()

          await set((dialog) => dialog.getByRole("button", { name: "+1 year" }).click())
          await fact("End").getByText("2036").waitFor()
          expect((await person.query("plan.view")).subscription).toMatchObject({ startedAt })
          await set((dialog) => dialog.getByRole("button", { name: "End now" }).click())
          await fact("End").getByText(", over").waitFor()
          expect((await person.query("plan.view")).subscription).toBeNull()
          await set((dialog) => dialog.getByLabel("Level").selectOption("None"))
          await plan().getByText("No plan.").waitFor()
        },
        patienceMs,
      )

      test(
        "what was used is released, and plans that are switched off are said to be",
        async () => {
          await set((dialog) => dialog.getByLabel("Level").selectOption("Basic"))
          await plan().getByText("0 / 2").waitFor()
          const socket = await person.socket()
          socket.send(question({ model, text: "Say something.", requestId: crypto.randomUUID() }))
          await socket.next("done", 30_000)
          socket.close()
          await page.reload()
          await plan().getByText("1 / 2").waitFor()
          await plan()
            .getByText(/Starts anew/)
            .waitFor()

          await button(page, "Release usage").click()
          const dialog = page.getByRole("dialog")
          await dialog.getByLabel("Reason").fill("a bad answer")
          await dialog.getByRole("button", { name: "Release usage" }).click()
          await dialog.waitFor({ state: "detached" })
          await plan().getByText("0 / 2").waitFor()
          expect((await person.query("plan.view")).usage).toMatchObject([{ used: 0 }])
          await page.getByText("user.release-plan-usage").waitFor()

          const config = await desk.operator.query("plan.config")
          await desk.operator.mutate("plan.save", { ...config, enabled: false })
          await page.reload()
          await plan().getByText("Plans are switched off on this site.").waitFor()
          await set((dialog) => dialog.getByRole("button", { name: "+1 month" }).click())
          await desk.operator.mutate("plan.save", config)
        },
        patienceMs,
      )

      test.each(["phone", "desktop"] as const)(
        "on a %s its plan and the form have no barrier, and do not scroll sideways",
        async (size) => {
          const { context, page: own } = await desk.visit(`/admin/users/${userId}`, size)
          const clean = async () => {
            await own.waitForTimeout(300)
            expect((await new AxeBuilder({ page: own }).analyze()).violations).toEqual([])
            expect(await own.evaluate("document.documentElement.scrollWidth > innerWidth")).toBe(
              false,
            )
          }
          await plan(own).getByText("0 / 2").waitFor()
          await clean()
          await button(own, "Change plan").click()
          await own.getByRole("dialog").waitFor()
          await clean()
          await context.close()
        },
        patienceMs,
      )
    })

    test.each([
      ["phone", "/admin/plans", "Uses a month"],
      ["desktop", "/admin/plans", "Uses a month"],
      ["phone", "/account/plan", "Your plan"],
      ["desktop", "/account/plan", "Your plan"],
    ] as const)(
      "on a %s %s has no barrier, and does not scroll sideways",
      async (size, path, words) => {
        const { context, page: own } = await desk.visit(path, size)
        await own.getByText(words).first().waitFor()
        await own.waitForTimeout(300)
        expect((await new AxeBuilder({ page: own }).analyze()).violations).toEqual([])
        expect(await own.evaluate("document.documentElement.scrollWidth > innerWidth")).toBe(false)
        await context.close()
      },
      patienceMs,
    )
  })
