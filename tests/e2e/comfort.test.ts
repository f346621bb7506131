import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import {
  answers,
  button,
  chooseModel,
  composer,
  finished,
  questions,
  send,
} from "./support/page.ts"

const patienceMs = 30_000

if (!chromiumPath) skipSuite("comfort in a browser", "Chromium is not installed")
else
  describe("comfort in a browser", () => {
    let desk: Desk
    const visit: Desk["visit"] = (...where) => desk.visit(...where)

    beforeAll(async () => {
      desk = await openDesk(1_000)
    }, patienceMs)

    afterAll(() => desk.close())

    test(
      "a picture is made smaller, sent with the message, and shown in it after a reload",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "diagram-1")
        const large = await page.evaluate(async () => {
          const canvas = new OffscreenCanvas(3_000, 1_500)
          canvas.getContext("2d")?.fillRect(0, 0, 1_000, 1_000)
          const blob = await canvas.convertToBlob({ type: "image/png" })
          return [...new Uint8Array(await blob.arrayBuffer())]
        })
        await page.locator("input[type=file]").setInputFiles({
          name: "large.png",
          mimeType: "image/png",
          buffer: Buffer.from(large),
        })
        await page.getByAltText("Image 1").waitFor()
        await button(page, "Send").click()
        await page.waitForURL(/\/c\//)
        await finished(page)

        const [asked] = desk.upstream.requests.slice(-1)
        const sent = JSON.stringify(asked?.body)
        expect(sent).toMatch(/data:image\/webp;base64,/)
        await page.reload()
        const picture = questions(page).getByRole("img")
        await picture.waitFor()
        const width = await picture.evaluate((it) => (it as HTMLImageElement).naturalWidth)
        expect(width).toBe(2_048)
        await context.close()
      },
      patienceMs,
    )

    test(
      "the keyboard opens, finds, writes, stops and puts away",
      async () => {
        const { context, page } = await visit()
        await page.getByRole("heading", { name: /on your mind/ }).click()
        await page.keyboard.press("?")
        await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor()
        await page.keyboard.press("Escape")
        await page.getByRole("dialog").waitFor({ state: "detached" })

        await page.keyboard.press("Control+Shift+M")
        await page.getByRole("combobox").fill("slow")
        await page.keyboard.press("Enter")
        await page.getByRole("button", { name: "Model: slow-1" }).waitFor()
        await page.getByRole("heading", { name: /on your mind/ }).click()
        await page.keyboard.press("/")
        await page.keyboard.type("By keyboard alone")
        await page.keyboard.press("Enter")
        await answers(page).getByText("quick brown fox").waitFor()
        await page.keyboard.press("Escape")
        await page.getByText("Stopped.").waitFor()

        await page.keyboard.press("Control+b")
        await page.getByRole("navigation").waitFor({ state: "detached" })
        await page.keyboard.press("Control+k")
        await page.keyboard.type("keyboard alone")
        await page.getByRole("link", { name: "By keyboard alone" }).waitFor()
        await page.keyboard.press("Control+Shift+O")
        await page.getByRole("heading", { name: /on your mind/ }).waitFor()
        await context.close()
      },
      patienceMs,
    )

    test(
      "a conversation is renamed, found by its title, and deleted after a question",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "diagram-1")
        await send(page, "An unremarkable title")
        await page.waitForURL(/\/c\//)
        await finished(page)
        const row = page.getByRole("link", { name: "An unremarkable title" })
        await row.hover()
        await button(page, "Actions for “An unremarkable title”").click()
        await page.getByRole("menuitem", { name: "Rename" }).click()
        await page.getByLabel("Title", { exact: true }).fill("Remarkable after all")
        await button(page, "Save").click()
        await page.getByRole("heading", { name: "Remarkable after all" }).waitFor()

        await page.getByRole("searchbox").fill("nothing like it")
        await page.getByText("No title contains").waitFor()
        await page.getByRole("searchbox").fill("remarkable AFTER")
        await page.getByRole("link", { name: "Remarkable after all" }).hover()
        await button(page, "Actions for “Remarkable after all”").click()
        await page.getByRole("menuitem", { name: "Delete" }).click()
        await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click()
        await page.waitForURL(`${desk.server.url}/`)
        await page.getByText("No title contains").waitFor()
        await context.close()
      },
      patienceMs,
    )

    test(
      "every language and theme is put on at once and kept",
      async () => {
        const { context, page } = await visit("/account")
        for (const [tag, title] of [
          ["zh-CN", "账户"],
          ["zh-TW", "帳戶"],
          ["ja", "アカウント"],
          ["ru", "Аккаунт"],
        ] as const) {
          await page.locator("select").selectOption(tag)
          await page.getByRole("heading", { level: 1, name: title }).waitFor()
          expect(await page.locator("html").getAttribute("lang")).toBe(tag)
        }
        const words = await page.locator("body").textContent()
        expect(words).not.toMatch(/\b(?:account|shell|list|common)\.\w/)

        await page.getByRole("radio", { name: "Тёмная" }).click()
        const ground = () => page.evaluate(() => getComputedStyle(document.body).colorScheme)
        expect(await ground()).toBe("dark")
        await page.reload()
        await page.getByRole("heading", { level: 1, name: "Аккаунт" }).waitFor()
        expect(await ground()).toBe("dark")
        await context.close()
      },
      patienceMs,
    )

    test(
      "a key is shown once, and a revoked one is gone",
      async () => {
        const { context, page } = await visit("/keys")
        await button(page, "Create key").click()
        await page.getByLabel("Name").fill("my editor")
        await button(page, "Create").click()
        const shown = page.getByRole("dialog").locator("code")
        const key = (await shown.textContent()) ?? ""
        expect(key.length).toBeGreaterThan(20)
        await button(page, "Done").click()
        await page.getByText("my editor").waitFor()
        expect(await page.locator("body").textContent()).not.toContain(key)
        const models = () =>
          fetch(`${desk.server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
        expect((await models()).status).toBe(200)

        await button(page, "More for my editor").click()
        await page.getByRole("menuitem", { name: "Revoke" }).click()
        await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click()
        await page.getByText("No keys yet").waitFor()
        expect((await models()).status).toBe(401)
        await context.close()
      },
      patienceMs,
    )

    test(
      "someone who reads back is not pulled away, and can go to the end",
      async () => {
        const { context, page } = await visit()
        await chooseModel(page, "prose-1")
        await send(page, "A long one")
        await page.waitForURL(/\/c\//)
        await finished(page)
        await chooseModel(page, "slow-1")
        await send(page, "And on")
        await answers(page).getByText("quick brown fox").waitFor()
        const thread = page.getByRole("region", { name: "Conversation" })
        await thread.hover()
        await page.mouse.wheel(0, -600)
        await button(page, "Go to the latest message").waitFor()
        const before = await thread.evaluate((it) => it.scrollTop)
        await page.waitForTimeout(1_000)
        expect(await thread.evaluate((it) => it.scrollTop)).toBe(before)
        await button(page, "Go to the latest message").click()
        await page.waitForTimeout(500)
        const gap = await thread.evaluate((it) => it.scrollHeight - it.clientHeight - it.scrollTop)
        expect(gap).toBeLessThan(5)
        expect(await composer(page).inputValue()).toBe("")
        await button(page, "Stop").click()
        await context.close()
      },
      patienceMs,
    )
  })
