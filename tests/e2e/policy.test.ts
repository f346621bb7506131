import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, refusalsOf } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button } from "./support/page.ts"

const patienceMs = 40_000

if (!chromiumPath) skipSuite("the policy in a browser", "Chromium is not installed")
else
  describe("the policy in a browser", () => {
    let desk: Desk

    beforeAll(async () => {
      desk = await openDesk(50)
    }, patienceMs)
    afterAll(() => desk.close())

    test(
      "a style or script that gets into a page is refused, and every suite hears of it",
      async () => {
        await desk.page.goto(desk.server.url)
        await desk.page.evaluate(() => {
          const host = document.createElement("div")
          host.innerHTML = `<p style="color:red">x</p><img src="data:," onerror="window.pwned=1">`
          document.body.append(host)
          const script = document.createElement("script")
          script.textContent = "window.pwned = 2"
          document.body.append(script)
        })
        await Bun.sleep(200)
        expect(await desk.page.evaluate(() => "pwned" in window)).toBe(false)
        const heard = refusalsOf(desk.browser)
        expect(heard.join("\n")).toMatch(/inline style/i)
        expect(heard.join("\n")).toMatch(/inline script|inline event handler/i)
        heard.length = 0
      },
      patienceMs,
    )

    test(
      "dialogs hold the page still, and toasts look like ours, without styles in the page",
      async () => {
        const { page, server } = desk
        await page.goto(`${server.url}/keys`)
        const overflow = () => page.evaluate(() => getComputedStyle(document.body).overflowY)
        const before = await overflow()
        await button(page, "Create key").first().click()
        const dialog = page.getByRole("dialog")
        await dialog.waitFor()
        expect(await overflow()).toBe("hidden")
        await page.keyboard.press("Escape")
        await dialog.waitFor({ state: "detached" })
        expect(await overflow()).toBe(before)

        await page.goto(`${server.url}/admin/settings`)
        await page.getByLabel("Name", { exact: true }).first().fill("Another name")
        await button(page, "Save").click()
        const toast = page.locator("[data-sonner-toast]")
        await toast.waitFor()
        const placed = await page
          .locator("[data-sonner-toaster]")
          .evaluate((node) => getComputedStyle(node).position)
        expect(placed).toBe("fixed")
        expect(await page.locator("style").count()).toBe(0)
      },
      patienceMs,
    )
  })
