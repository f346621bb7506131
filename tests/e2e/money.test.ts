import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { BrowserContext, Page } from "playwright-core"
import { type Browser, question, signIn } from "../support/browser.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, newVisitor } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button } from "./support/page.ts"
import { cookieOf } from "./support/setup.ts"

const patienceMs = 60_000
const password = "correct horse battery"
const reason = "paid by transfer"

if (!chromiumPath) skipSuite("money in a browser", "Chromium is not installed")
else
  describe("money in a browser", () => {
    let desk: Desk
    let userId: string
    let person: Browser
    let context: BrowserContext
    let page: Page

    beforeAll(async () => {
      desk = await openDesk(50)
      const { operator, server } = desk
      userId = (await operator.mutate("user.create", { name: "Maria", password })).id
      await operator.mutate("user.addPoints", { userId, points: 20, reason, requestId: "first" })
      const changes = [
        { key: "site.buyLink", value: "https://shop.example/buy?from=chat" },
        { key: "site.contact", value: "Write to **us** at [the desk](https://desk.example)." },
      ]
      await operator.mutate("setting.save", { changes })
      person = await signIn(server.url, "Maria", password)
      await converse("prose-1")
      await converse("attack-1")
      context = await newVisitor(desk.browser, "desktop")
      await context.addCookies([cookieOf(person, server.url)])
      page = await context.newPage()
    }, patienceMs)
    afterAll(() => desk.close())

    async function converse(model: string) {
      const socket = await person.socket()
      socket.send(question({ model, text: "Say something.", requestId: crypto.randomUUID() }))
      await socket.next("accepted")
      await socket.next("done", 30_000)
      socket.close()
    }

    const go = (path: string, on = page) => on.goto(`${desk.server.url}${path}`)

    async function clean(on: Page) {
      const { violations } = await new AxeBuilder({ page: on as never }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    }

    test(
      "a statement unfolds the formula of a charge, which comes to what was taken",
      async () => {
        await go("/account/statement")
        const row = page.locator("li", { has: page.getByText("prose-1") }).last()
        await row.locator("summary").click()
        await row.getByText("Cost", { exact: true }).waitFor()
        const steps = await row
          .getByText(/tokens (?:in|out) × [\d.]+ per million/)
          .allTextContents()
        expect(steps).toHaveLength(2)
        const { items } = await person.query("statement.list", { from: 0, until: 8e15, limit: 9 })
        const charged = items.find(({ answer }: any) => answer?.model === "prose-1")
        expect(await row.textContent()).toContain(String(-charged.points / 1e6))
        await page.getByText("By the operator").waitFor()
        expect(await page.locator("main").textContent()).not.toContain("scripted")
        await clean(page)
      },
      patienceMs,
    )

    test(
      "a filter leaves what it names, and the file has it all",
      async () => {
        await go("/account/statement")
        await page.getByText("By the operator").waitFor()
        await page.getByLabel("Kind").selectOption("answer")
        await page.getByText("By the operator").waitFor({ state: "detached" })
        await page.getByLabel("Kind").selectOption("all")
        await page.getByRole("radio", { name: "Model" }).click()
        await page.getByRole("cell", { name: "prose-1" }).waitFor()
        const [file] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("link", { name: "Save as CSV" }).click(),
        ])
        const text = await Bun.file(await file.path()).text()
        expect(text.trimEnd().split("\r\n")).toHaveLength(4)
        expect(text).toContain(reason)
      },
      patienceMs,
    )

    test(
      "the shop is opened beside, with the amount and the name",
      async () => {
        await go("/account/points")
        await page.getByRole("button", { name: /^500 points/ }).click()
        const link = page.getByText("Go to the shop")
        expect(await link.getAttribute("href")).toBe(
          "https://shop.example/buy?from=chat&quota=500&username=Maria",
        )
        expect(await link.getAttribute("rel")).toContain("noopener")
        expect(await link.getAttribute("target")).toBe("_blank")
        await page.getByLabel("Another amount").fill("12.5")
        expect(await link.getAttribute("href")).toContain("quota=12.5&")
        await page.getByLabel("Another amount").fill("nothing")
        expect(await link.getAttribute("href")).toBeNull()
        await page.getByLabel("Another amount").fill("100")
        await page.getByRole("link", { name: "the desk" }).waitFor()
        await clean(page)
      },
      patienceMs,
    )

    test(
      "an alarm is shown above every page until there are enough points again",
      async () => {
        await go("/account/points")
        await page.getByLabel("Tell me below").fill("25")
        await page.getByRole("button", { name: "Save", exact: true }).click()
        await page.getByText("Your points are running low.").waitFor()
        await go("/")
        await page.getByText("Your points are running low.").waitFor()
        await clean(page)
        const topUp = { userId, points: 10, reason, requestId: "second" }
        await desk.operator.mutate("user.addPoints", topUp)
        await go("/account/points")
        await page.getByLabel("Tell me below").waitFor()
        expect(await page.getByText("Your points are running low.").count()).toBe(0)
      },
      patienceMs,
    )

    test(
      "an administrator finds somebody, deducts and sets points, each with a reason",
      async () => {
        const { page: admin } = desk
        await go("/admin/users", admin)
        await admin.getByRole("searchbox").fill("mar")
        await admin.getByRole("link", { name: "Maria" }).click()
        await admin.getByRole("heading", { name: "Maria" }).waitFor()
        await button(admin, "Deduct").click()
        const dialog = admin.getByRole("dialog")
        await dialog.getByLabel("Points").fill("1000")
        await dialog.getByRole("button", { name: "Deduct" }).click()
        await dialog.getByText("Say why").waitFor()
        await dialog.getByLabel("Reason").fill("a mistake")
        await dialog.getByRole("button", { name: "Deduct" }).click()
        await dialog.getByText(/points are available\. Deduct no more/).waitFor()
        await dialog.getByLabel("Points").fill("1")
        await dialog.getByRole("button", { name: "Deduct" }).click()
        await dialog.waitFor({ state: "detached" })
        await admin.getByText("user.deduct-points").waitFor()
        await button(admin, "Set").click()
        await dialog.getByLabel("Points").fill("7")
        await dialog.getByLabel("Reason").fill("as agreed")
        await dialog.getByRole("button", { name: "Set" }).click()
        await dialog.waitFor({ state: "detached" })
        expect((await person.query("account.balance")).available).toBe(7_000_000)
        await admin.getByText("scripted").first().waitFor({ state: "attached" })
        await clean(admin)
      },
      patienceMs,
    )

    test(
      "a banned person is out at once, and in again when it is lifted",
      async () => {
        const { page: admin } = desk
        await go(`/admin/users/${userId}`, admin)
        await button(admin, "Ban").click()
        await admin.getByLabel("Reason").fill("tried every code")
        await admin.getByRole("dialog").getByRole("button", { name: "Ban" }).click()
        await button(admin, "Lift the ban").waitFor()
        await go("/account/points")
        await page.getByLabel("Password", { exact: true }).waitFor()
        await button(admin, "Lift the ban").click()
        await admin.getByLabel("Reason").fill("was their brother")
        await admin.getByRole("dialog").getByRole("button", { name: "Lift the ban" }).click()
        await button(admin, "Ban").waitFor()
        await signIn(desk.server.url, "Maria", password)
      },
      patienceMs,
    )

    test(
      "an account made by an administrator can be signed in to",
      async () => {
        const { page: admin } = desk
        await go("/admin/users", admin)
        await button(admin, "New user").click()
        const dialog = admin.getByRole("dialog")
        await dialog.getByLabel("Name").fill("Viktor")
        await dialog.getByLabel("Password").fill(password)
        await dialog.getByRole("button", { name: "New user" }).click()
        await admin.getByRole("link", { name: "Viktor" }).waitFor()
        await signIn(desk.server.url, "Viktor", password)
        await clean(admin)
      },
      patienceMs,
    )
  })
