import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { channelDefaults } from "@nio/server/contract"
import type { Page } from "playwright-core"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { answers, chooseModel, finished, send } from "./support/page.ts"

const patienceMs = 40_000
const pointsAtFirst = 50
const secret = "sk-a-secret-that-never-comes-back"

if (!chromiumPath) skipSuite("channels in a browser", "Chromium is not installed")
else
  describe("channels in a browser", () => {
    let desk: Desk
    let page: Page

    beforeAll(async () => {
      desk = await openDesk(pointsAtFirst)
      page = desk.page
    }, patienceMs)

    afterAll(() => desk.close())

    test(
      "a stored secret never comes back, and an edit without one keeps it",
      async () => {
        await addChannel("kept", { mapping: ["!kept-1>diagram-1"], secrets: [secret] })
        await page.goto(`${desk.server.url}/admin/channels`)
        await page.getByRole("link", { name: "kept" }).click()
        await page.getByText(/Leave this empty to keep the stored ones/).waitFor()
        expect(await page.getByLabel("Keys").inputValue()).toBe("")
        expect(await page.content()).not.toContain(secret)

        await page.getByLabel("Priority").fill("7")
        await page.getByRole("link", { name: "Channels" }).first().click()
        await page.getByText("Leave without saving?").waitFor()
        await page.getByRole("button", { name: "Stay" }).click()
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Channel saved.").waitFor()

        await page.goto(desk.server.url)
        await chooseModel(page, "kept-1")
        await send(page, "Still there?")
        await answers(page).waitFor()
        await finished(page)
        expect(desk.upstream.requests.at(-1)?.headers.get("authorization")).toBe(`Bearer ${secret}`)
      },
      patienceMs,
    )

    test(
      "what was typed outlives a save that failed, and the field that was refused is marked",
      async () => {
        await page.goto(`${desk.server.url}/admin/channels/new`)
        await page.getByLabel("Provider").selectOption("deepseek")
        expect(await page.getByLabel("Address").inputValue()).toBe("https://api.deepseek.com")
        const template = await page.getByRole("textbox", { name: "Models" }).inputValue()
        expect(template).toContain("deepseek")

        await page.getByLabel("Name").fill("never saved")
        await page.getByLabel("Keys").fill(secret)
        await page.route("**/trpc/channel.create*", (route) => route.abort(), { times: 1 })
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("The server cannot be reached").waitFor()
        expect(await page.getByLabel("Name").inputValue()).toBe("never saved")
        expect(await page.getByLabel("Keys").inputValue()).toBe(secret)

        await page.getByRole("textbox", { name: "Models" }).fill("a  b")
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("a  b cannot be the name of a model.").waitFor()

        await page.getByRole("button", { name: "Cancel" }).click()
        await page.getByRole("button", { name: "Leave" }).click()
        await page.getByRole("link", { name: "scripted" }).waitFor()
        expect(await page.getByText("never saved").count()).toBe(0)
      },
      patienceMs,
    )

    test(
      "the form says what each line of the mapping comes to",
      async () => {
        await page.goto(`${desk.server.url}/admin/channels/new`)
        await page.getByRole("textbox", { name: "Models" }).fill("big\nsmall")
        await page.getByRole("textbox", { name: "Mapping" }).fill("cheap>small\n!best>big")
        await page.getByText("Who asks for cheap gets small. Both names are offered.").waitFor()
        await page
          .getByText("Who asks for best gets big, which is not offered under its own name.")
          .waitFor()
        await page.getByText("Offers 3 names").waitFor()
      },
      patienceMs,
    )

    test(
      "a channel is switched off and on in the list",
      async () => {
        await addChannel("switched", {})
        await page.goto(`${desk.server.url}/admin/channels`)
        const inUse = page.getByRole("switch", { name: "switched in use" })
        for (const state of ["unchecked", "checked"]) {
          const saved = page.waitForResponse(/channel\.update/)
          await inUse.click()
          await saved
          await page.reload()
          await inUse.waitFor()
          expect(await inUse.getAttribute("data-state")).toBe(state)
        }
      },
      patienceMs,
    )

    async function addChannel(name: string, own: { mapping?: string[]; secrets?: string[] }) {
      const models = ["diagram-1"]
      const access = { provider: "deepseek", baseUrl: desk.upstream.url, secrets: ["sk-scripted"] }
      const channel = { ...channelDefaults, name, enabled: true, models, ...access, ...own }
      await desk.operator.mutate("channel.create", channel)
    }
  })
