import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { BrowserContext } from "playwright-core"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, refusalsOf } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import {
  answers,
  button,
  chooseModel,
  composer,
  finished,
  questions,
  send,
  watch,
} from "./support/page.ts"

const patienceMs = 30_000

if (!chromiumPath) skipSuite("the chat in a browser", "Chromium is not installed")
else
  describe("the chat in a browser", () => {
    let desk: Desk
    const visit: Desk["visit"] = (...where) => desk.visit(...where)

    beforeAll(async () => {
      desk = await openDesk(1_000)
    }, patienceMs)

    afterAll(() => desk.close())

    async function open(context: BrowserContext, path: string) {
      const page = await context.newPage()
      await page.goto(`${desk.server.url}${path}`)
      return page
    }

    test(
      "an answer streams, survives a reload in the middle, and says what it cost",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "slow-1")
        await send(page, "Go on for a while.")
        await page.waitForURL(/\/c\//)
        await answers(page).getByText("quick brown fox").waitFor()
        const before = (await answers(page).textContent())?.length ?? 0
        await page.reload()
        await answers(page).getByText("quick brown fox").waitFor()
        expect((await answers(page).textContent())?.length ?? 0).toBeGreaterThanOrEqual(before)
        await finished(page)

        const text = await answers(page).locator("p").first().textContent()
        expect(text?.match(/quick brown fox/g)).toHaveLength(12)
        await page.getByRole("button", { name: /^Cost of this answer/ }).click()
        expect(await page.getByRole("dialog").textContent()).toContain("Tokens in412")
        await context.close()
      },
      patienceMs,
    )

    test(
      "asking again and editing add versions, and each can be gone back to",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "diagram-1")
        await send(page, "First wording")
        await page.waitForURL(/\/c\//)
        await finished(page)
        await button(page, "Answer again").click()
        await page.getByText("2/2").waitFor()
        await finished(page)
        await button(page, "Previous version").click()
        await page.getByText("1/2").waitFor()

        await questions(page).hover()
        await button(page, "Edit message").click()
        await page.getByLabel("Edit your message").fill("Second wording")
        await page.locator("form").filter({ hasText: "Cancel" }).getByText("Send").click()
        await questions(page).getByText("Second wording").waitFor()
        await finished(page)
        await questions(page).hover()
        await button(page, "Previous version").click()
        await questions(page).getByText("First wording").waitFor()

        await page.reload()
        await questions(page).getByText("First wording").waitFor()
        await context.close()
      },
      patienceMs,
    )

    test(
      "a second tab follows the answer, and can stop it for both",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "slow-1")
        await send(page, "For two tabs")
        await page.waitForURL(/\/c\//)
        const other = await open(context, new URL(page.url()).pathname)
        await answers(other).getByText("quick brown fox").waitFor()
        await button(other, "Stop").click()
        await page.getByText("Stopped.").waitFor()
        await other.getByText("Stopped.").waitFor()
        expect(await answers(page).locator("p").first().textContent()).toBe(
          await answers(other).locator("p").first().textContent(),
        )

        await send(other, "And once more")
        await questions(page).getByText("And once more").waitFor()
        await button(page, "Stop").click()
        await context.close()
      },
      patienceMs,
    )

    test(
      "a draft is kept per conversation, through a reload and while another one is open",
      async () => {
        const { context, page } = await visit()
        await composer(page).fill("Half a thou")
        await page.reload()
        expect(await composer(page).inputValue()).toBe("Half a thou")
        await chooseModel(page, "diagram-1")
        await button(page, "Send").click()
        await page.waitForURL(/\/c\//)
        await composer(page).fill("A draft of its own")
        await button(page, "New chat").first().click()
        await page.getByText("What is on your mind").waitFor()
        expect(await composer(page).inputValue()).toBe("")
        await page.goBack()
        await answers(page).waitFor()
        expect(await composer(page).inputValue()).toBe("A draft of its own")
        await context.close()
      },
      patienceMs,
    )

    test(
      "Enter that chooses a word in an input method does not send",
      async () => {
        const { context, page } = await visit()
        await composer(page).fill("ni")
        await composer(page).evaluate((box) => {
          const enter = { key: "Enter", bubbles: true, cancelable: true, isComposing: true }
          box.dispatchEvent(new KeyboardEvent("keydown", enter))
        })
        await page.waitForTimeout(200)
        expect(new URL(page.url()).pathname).toBe("/")
        expect(await composer(page).inputValue()).toBe("ni")
        await context.close()
      },
      patienceMs,
    )

    test(
      "what was written stays when the server does not take it",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "diagram-1")
        await context.setOffline(true)
        await page.getByText("You are offline").waitFor()
        await send(page, "Not lost")
        await page.waitForTimeout(500)
        expect(await composer(page).inputValue()).toBe("Not lost")
        await context.setOffline(false)
        await page.waitForURL(/\/c\//)
        await finished(page)
        await questions(page).getByText("Not lost").waitFor()
        expect(await questions(page).count()).toBe(1)
        await context.close()
      },
      patienceMs,
    )

    test(
      "a failing upstream says what happened, that nothing was charged, and where to look",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "broken-1")
        await send(page, "Say something")
        const alert = page.getByRole("alert")
        await alert.getByText("not available right now").waitFor()
        await alert.getByText("Nothing was charged.").waitFor()
        expect(await alert.getByRole("link").getAttribute("href")).toBe("/admin/channels")
        await context.close()
      },
      patienceMs,
    )

    test(
      "nothing in an answer runs, leads astray, or is fetched from elsewhere unasked",
      async () => {
        const { context, page } = await visit()
        const { strangers } = watch(page, desk.server.url)
        await chooseModel(page, "attack-1")
        await send(page, "Attack me")
        await page.waitForURL(/\/c\//)
        await finished(page)
        await answers(page).getByText("Still here.").waitFor()
        // The diagrams are drawn after the text.
        await page.getByText("This diagram cannot be drawn").waitFor({ timeout: 20_000 })

        expect(await page.evaluate(() => "pwned" in window)).toBe(false)
        expect(strangers).toEqual([])
        const links = await answers(page)
          .locator("a")
          .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol))
        expect(links.filter((protocol) => !/^(?:https?|mailto):$/.test(protocol))).toEqual([])
        expect(await answers(page).locator("script, iframe, svg[onload], details").count()).toBe(0)
        await context.close()
        // What a diagram tries in its frame, which is of nobody's origin, the policy refuses there.
        const tried = refusalsOf(desk.browser).splice(0)
        expect(tried.filter((text) => !text.startsWith("Executing inline event handler"))).toEqual(
          [],
        )
      },
      patienceMs,
    )

    test(
      "on a phone the way from a new chat to an answer needs one thumb",
      async () => {
        const { context, page } = await visit("/", "phone")
        await chooseModel(page, "prose-1")
        await send(page, "Is it fair?")
        await page.waitForURL(/\/c\//)
        await finished(page)
        await answers(page).getByRole("link", { name: "the article" }).waitFor()
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow).toBe(0)
        await button(page, "Show sidebar").click()
        await page.getByRole("dialog").getByRole("link", { name: "Is it fair?" }).waitFor()
        await context.close()
      },
      patienceMs,
    )
  })
