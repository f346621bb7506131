import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button } from "./support/page.ts"

const patienceMs = 40_000

if (!chromiumPath) skipSuite("codes in a browser", "Chromium is not installed")
else
  describe("codes in a browser", () => {
    let desk: Desk
    let page: Page

    beforeAll(async () => {
      desk = await openDesk(50)
      page = desk.page
    }, patienceMs)
    afterAll(() => desk.close())

    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("dialog").getByRole("button", { name }).click(),
      ])
      return {
        name: download.suggestedFilename(),
        text: await Bun.file(await download.path()).text(),
      }
    }

    test(
      "a batch is made, saved to files, and one of its codes is redeemed from the menu",
      async () => {
        await page.goto(`${desk.server.url}/admin/codes`)
        await page.getByText("No codes yet").waitFor()
        await button(page, "Make codes").click()
        const dialog = page.getByRole("dialog")
        await dialog.getByLabel("Points per code").fill("2.5x")
        await dialog.getByLabel("How many").fill("3")
        await dialog.getByLabel("Name of the batch").fill("card shop")
        await dialog.getByRole("button", { name: "Make codes" }).click()
        await dialog.getByText("A number above 0").waitFor()
        await dialog.getByLabel("Points per code").fill("2.5")
        await dialog.getByText("3 codes worth 7.5 points").waitFor()
        await dialog.getByRole("button", { name: "Make codes" }).click()
        await dialog.getByText("3 codes are ready").waitFor()
        const text = await dialog.getByLabel("The codes, one a line").inputValue()
        const codes = text.split("\n")
        expect(codes).toHaveLength(3)
        const txt = await saved("Save as text")
        expect(txt).toEqual({ name: "redeem-codes.txt", text: `${codes.join("\r\n")}\r\n` })
        expect((await saved("Save as CSV")).text.split("\r\n")[1]).toContain(
          `${codes[0]},,2.5,unused`,
        )
        await button(page, "Done").click()
        expect(new URL(page.url()).searchParams.get("batch")).toMatch(/^[\w-]{36}$/)

        await page.goto(desk.server.url)
        await page.getByRole("button", { name: "root" }).click()
        await page.getByRole("menuitem", { name: "Redeem a code" }).click()
        await page.getByRole("textbox", { name: "Code" }).fill("nio-not a code")
        await button(page, "Redeem").click()
        await page.getByText("There is no such code").waitFor()
        expect(await page.getByRole("textbox", { name: "Code" }).inputValue()).toBe(
          "nio-not a code",
        )
        await page.getByRole("textbox", { name: "Code" }).fill(` ${codes[1]?.toLowerCase()} `)
        await button(page, "Redeem").click()
        await page.getByText("2.5 points added. You have 52.5 now.").waitFor()

        await page.goto(`${desk.server.url}/admin/codes?state=used`)
        await page.getByText(codes[1] ?? "").waitFor()
        await page.getByText(/^root, /).waitFor()
        expect(await page.getByText(codes[0] ?? "").count()).toBe(0)
      },
      patienceMs,
    )

    test(
      "gift codes carry their type, and the unused ones of a batch are revoked",
      async () => {
        await page.goto(`${desk.server.url}/admin/codes?kind=gift`)
        await button(page, "Make codes").click()
        const dialog = page.getByRole("dialog")
        await dialog.getByLabel("Type").fill("hello world")
        await dialog.getByRole("button", { name: "Make codes" }).click()
        await dialog.getByText("without blanks").waitFor()
        await dialog.getByLabel("Type").fill("hello")
        await dialog.getByRole("button", { name: "Make codes" }).click()
        await dialog.getByText("10 codes are ready").waitFor()
        await button(page, "Done").click()
        await button(page, "Revoke the unused ones").click()
        await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click()
        await page.getByText("10 codes revoked.").waitFor()
        await page.getByRole("cell", { name: "Revoked" }).first().waitFor()
      },
      patienceMs,
    )

    test.each([
      ["phone", "/admin/codes"],
      ["desktop", "/admin/codes"],
    ] as const)(
      "on a %s the page of codes has no barrier, and does not scroll sideways",
      async (size, path) => {
        const { context, page: own } = await desk.visit(path, size)
        await own.getByText(/^nio-/).first().waitFor()
        expect((await new AxeBuilder({ page: own }).analyze()).violations).toEqual([])
        const wider = "document.documentElement.scrollWidth > innerWidth"
        expect(await own.evaluate(wider)).toBe(false)
        await button(own, "Make codes").click()
        await own.getByRole("dialog").waitFor()
        await own.waitForTimeout(300)
        expect((await new AxeBuilder({ page: own }).analyze()).violations).toEqual([])
        await context.close()
      },
      patienceMs,
    )
  })
