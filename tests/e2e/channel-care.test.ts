import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { channelDefaults } from "@nio/server/contract"
import type { Page } from "playwright-core"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { button } from "./support/page.ts"

const patienceMs = 40_000
const refusing = {
  status: 401,
  body: JSON.stringify({ error: { message: "Incorrect API key provided" } }),
}
const listing = {
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ data: [{ id: "found-1" }, { id: "found-2" }, { id: "found-3" }] }),
}

if (!chromiumPath) skipSuite("the care of channels in a browser", "Chromium is not installed")
else
  describe("the care of channels in a browser", () => {
    let desk: Desk
    let page: Page
    let other: SimulatedUpstream

    beforeAll(async () => {
      desk = await openDesk(50)
      other = await simulate(refusing)
      page = desk.page
    }, patienceMs)
    afterAll(async () => {
      await desk.close()
      await other.close()
    })

    const addChannel = (name: string, own: object = {}) =>
      desk.operator.mutate("channel.create", {
        ...channelDefaults,
        name,
        enabled: true,
        provider: "openai",
        baseUrl: other.url,
        models: [`${name}-1`],
        secrets: ["sk-a-key-that-will-be-refused"],
        ...own,
      })
    const stored = async (name: string) =>
      (await desk.operator.query("channel.list")).find((one: { name: string }) => one.name === name)
    const goTo = (path: string) => page.goto(`${desk.server.url}/admin/${path}`)

    test(
      "a refused key is shown with its reason, and used again when somebody says so",
      async () => {
        const { id } = await addChannel("refused")
        await desk.operator.mutate("price.save", {
          rule: { type: "free", models: ["refused-1"], input: 0, output: 0, anonymous: false },
        })
        const { key } = await desk.operator.mutate("apiKey.create", { name: "asks" })
        await fetch(`${desk.server.url}/v1/chat/completions`, {
          method: "POST",
          headers: { authorization: `Bearer ${key}` },
          body: JSON.stringify({ model: "refused-1", messages: [{ role: "user", content: "hi" }] }),
        }).then((answer) => answer.text())

        await goTo("channels")
        await page.getByText(/Key …used, until you use it again: The key was refused/).waitFor()
        await goTo(`channels/${id}`)
        await page.getByText("Incorrect API key provided").waitFor()
        await button(page, "Use again").click()
        await page.getByText("In use again").waitFor()
        await page.getByRole("region", { name: "Sitting out" }).waitFor({ state: "detached" })
      },
      patienceMs,
    )

    test(
      "proxy, headers, time-outs and costs are kept, and their secrets never come back",
      async () => {
        const { id } = await addChannel("connected")
        await goTo(`channels/${id}`)
        await page.getByLabel("Kind of proxy").selectOption("socks5")
        await page.getByLabel("Host of the proxy").fill("127.0.0.9")
        await page.getByLabel("Port of the proxy").fill("1080")
        await page.getByLabel("Name for the proxy").fill("somebody")
        await page.getByLabel("Password for the proxy").fill("a-password-of-the-proxy")
        await button(page, "Add header").click()
        await page.getByLabel("Name of the header").fill("X-Team")
        await page.getByLabel("Value of the header").fill("a-value-nobody-sees-again")
        await page.getByLabel("In all, seconds").fill("60")
        await button(page, "Add cost").click()
        await page.getByLabel("Models it is for").fill("connected-1")
        await page.getByLabel("Sent, per 1M").fill("1")
        await page.getByLabel("Answered, per 1M").fill("4")
        await button(page, "Save").click()
        await page.getByText("Channel saved.").waitFor()
        expect(await stored("connected")).toMatchObject({
          proxy: { scheme: "socks5", host: "127.0.0.9", port: 1080 },
          headerHints: { "x-team": "…gain" },
          totalSeconds: 60,
          costs: [{ type: "per-token", models: ["connected-1"], input: 1e6, output: 4e6 }],
        })

        await goTo(`channels/${id}`)
        await page.getByPlaceholder("Empty keeps …gain").waitFor()
        expect(await page.content()).not.toMatch(/a-password-of|a-value-nobody/)
        await page.getByLabel("Priority").fill("3")
        await button(page, "Save").click()
        await page.getByText("Channel saved.").first().waitFor()
        expect(await stored("connected")).toMatchObject({
          priority: 3,
          headerHints: { "x-team": "…gain" },
          proxy: { login: expect.any(String) },
        })
      },
      patienceMs,
    )

    test(
      "models are fetched from the upstream by a form that is not saved yet",
      async () => {
        other.answerWith(listing)
        await goTo("channels/new")
        await page.getByLabel("Provider").selectOption("openai")
        await page.getByLabel("Address").fill(other.url)
        await page.getByLabel("Keys").fill("sk-to-list-with")
        await page.getByRole("textbox", { name: "Models" }).fill("found-2")
        await button(page, "Fetch from upstream").click()
        await page.getByText("The upstream has 3 models").waitFor()
        await page.getByRole("checkbox", { name: "found-3" }).uncheck()
        await button(page, "Add 1").click()
        expect(await page.getByRole("textbox", { name: "Models" }).inputValue()).toBe(
          "found-2\nfound-1",
        )
        await button(page, "Cancel").click()
        await button(page, "Leave").click()
        other.answerWith(refusing)
      },
      patienceMs,
    )

    test(
      "many channels are set, tested and deleted at once",
      async () => {
        await addChannel("many-a")
        await addChannel("many-b")
        await goTo("channels")
        for (const name of ["many-a", "many-b"]) await page.getByLabel(`Choose ${name}`).check()
        await button(page, "Set …").click()
        await page.getByLabel("Weight").fill("9")
        await button(page, "Save").click()
        await page.getByRole("dialog").waitFor({ state: "detached" })
        expect(await stored("many-a")).toMatchObject({ weight: 9, priority: 0 })
        expect(await stored("many-b")).toMatchObject({ weight: 9, enabled: true })

        await button(page, "Switch off").click()
        await page.getByRole("switch", { name: "many-a in use", checked: false }).waitFor()
        await button(page, "Test all").click()
        await button(page, "Ask").click()
        await page.getByText("0 answered, 2 failed").waitFor()
        await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click()

        await button(page, "Delete").click()
        await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click()
        await page.getByRole("alertdialog").waitFor({ state: "detached" })
        await page.getByRole("link", { name: "many-a" }).waitFor({ state: "detached" })
        expect(await stored("many-b")).toBeUndefined()
      },
      patienceMs,
    )

    test(
      "a channel is copied, written into a file and taken over from it",
      async () => {
        await addChannel("original")
        await goTo("channels")
        await button(page, "More for original").click()
        await page.getByRole("menuitem", { name: "Duplicate" }).click()
        await page.getByRole("heading", { name: "original (2)" }).waitFor()

        await goTo("channels")
        await button(page, "More for original").click()
        await page.getByRole("menuitem", { name: "Export" }).click()
        const saved = page.waitForEvent("download")
        await button(page, "Save file").click()
        const file = await (await saved).path()
        expect(await Bun.file(file).text()).not.toContain("sk-a-key")

        await desk.operator.mutate("channel.delete", { id: (await stored("original")).id })
        await button(page, "Import and export").click()
        await page.getByRole("menuitem", { name: "Import channels" }).click()
        await page.locator("input[type=file]").setInputFiles(file)
        await page.getByText("Holds 1 channel").waitFor()
        await button(page, "Import").click()
        await page.getByText("1 channel imported").waitFor()
        expect(await stored("original")).toMatchObject({ enabled: false, baseUrl: other.url })
      },
      patienceMs,
    )

    test(
      "a setting is judged in the form, and saved",
      async () => {
        await goTo("settings")
        await page.getByLabel("Results", { exact: true }).fill("99")
        await page.getByLabel("Service", { exact: true }).selectOption("searxng")
        await button(page, "Save").click()
        await page.getByText("This is not a value this setting can have.").waitFor()
        await page.getByLabel("Results", { exact: true }).fill("7")
        await page.getByLabel("Models").fill("prose-1")
        await button(page, "Save").click()
        await page.getByText("Settings saved.").waitFor()
        expect(await desk.operator.query("setting.list")).toMatchObject({
          "search.results": 7,
          "search.kind": "searxng",
          "cache.models": ["prose-1"],
        })
      },
      patienceMs,
    )
  })
