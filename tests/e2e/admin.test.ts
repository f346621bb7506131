import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { SimulatedUpstream } from "@nio/adapters/testing"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { signIn } from "../support/browser.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, launch, newVisitor } from "./support/browser.ts"
import { answers, chooseModel, finished, send, watch } from "./support/page.ts"
import { startServer, type TestServer } from "./support/server.ts"
import { cookieOf, rootPassword } from "./support/setup.ts"
import { startUpstream } from "./support/upstream.ts"

const patienceMs = 40_000
const secret = "sk-a-secret-that-never-comes-back"

if (!chromiumPath) skipSuite("administration in a browser", "Chromium is not installed")
else
  describe("administration in a browser", () => {
    let browser: Browser
    let upstream: SimulatedUpstream
    let server: TestServer
    let context: BrowserContext
    let page: Page

    beforeAll(async () => {
      ;[browser, upstream, server] = await Promise.all([
        launch(),
        startUpstream(),
        startServer({ ROOT_PASSWORD: rootPassword }),
      ])
      const operator = await signIn(server.url, "root", rootPassword)
      context = await newVisitor(browser, "desktop")
      await context.addCookies([cookieOf(operator, server.url)])
      page = await context.newPage()
    }, patienceMs)

    afterAll(async () => {
      await browser.close()
      await server[Symbol.asyncDispose]()
      await upstream.close()
    })

    test(
      "a channel is added and tested, its models are priced, points are given, and people can chat",
      async () => {
        const { errors, strangers } = watch(page, server.url)
        await page.goto(`${server.url}/admin/channels`)
        await page.getByText("No channel yet").waitFor()
        await page.getByRole("link", { name: "New channel" }).first().click()
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Give the channel a name.").waitFor()
        await page.getByText("Enter at least one key.").waitFor()

        await page.getByLabel("Name").fill("scripted")
        await page.getByLabel("Provider").selectOption("openai-compatible")
        await page.getByLabel("Address").fill(upstream.url)
        await page.getByLabel("Keys").fill(secret)
        await page.getByRole("textbox", { name: "Models" }).fill("diagram-1\nprose-1")
        await page.getByRole("textbox", { name: "Mapping" }).fill("!fast>diagram-1")
        await page.getByText("Offers 2 names").waitFor()
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Channel created").waitFor()

        await page.getByRole("button", { name: "More for scripted" }).click()
        await page.getByRole("menuitem", { name: "Test" }).click()
        await page.getByRole("button", { name: "Ask" }).click()
        await page.getByText(/Answered in/).waitFor()
        await page.keyboard.press("Escape")

        await page.goto(`${server.url}/admin/prices`)
        await page.getByText("2 models have no price").waitFor()
        await page.getByRole("button", { name: "Price all 2 together" }).click()
        await page.getByLabel("Sent, points per 1K tokens").fill("0.015")
        await page.getByLabel("Answered, points per 1K tokens").fill("x")
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Enter a number of points").waitFor()
        await page.getByLabel("Answered, points per 1K tokens").fill("0.06")
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("0.015 in · 0.06 out per 1K").waitFor()
        expect(await page.getByText("have no price").count()).toBe(0)

        await page.goto(`${server.url}/admin/users`)
        await page.getByRole("button", { name: "Add points" }).click()
        await page.getByRole("dialog").getByLabel("Points").fill("50")
        await page.getByRole("dialog").getByLabel("Reason").fill("to begin with")
        await page.getByRole("dialog").getByRole("button", { name: "Add points" }).click()
        await page.getByText("root has 50 points now.").waitFor()

        await page.goto(server.url)
        await chooseModel(page, "fast")
        await send(page, "Does it work?")
        await answers(page).waitFor()
        await finished(page)
        expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
      },
      patienceMs,
    )

    test(
      "a stored secret never comes back, and an edit without one keeps it",
      async () => {
        await page.goto(`${server.url}/admin/channels`)
        await page.getByRole("link", { name: "scripted" }).click()
        await page.getByText(/Leave this empty to keep them/).waitFor()
        expect(await page.getByLabel("Keys").inputValue()).toBe("")
        expect(await page.content()).not.toContain(secret)

        await page.getByLabel("Priority").fill("7")
        await page.getByRole("link", { name: "Channels" }).first().click()
        await page.getByText("Leave without saving?").waitFor()
        await page.getByRole("button", { name: "Stay" }).click()
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Channel saved.").waitFor()

        await page.goto(server.url)
        await chooseModel(page, "fast")
        await send(page, "Still there?")
        await answers(page).waitFor()
        expect(upstream.requests.at(-1)?.headers.get("authorization")).toBe(`Bearer ${secret}`)
      },
      patienceMs,
    )

    test(
      "the pages have no fault that a machine can find",
      async () => {
        for (const path of ["channels", "channels/new", "prices", "users"]) {
          await page.goto(`${server.url}/admin/${path}`)
          await page.getByRole("heading", { level: 1 }).last().waitFor()
          await page.waitForTimeout(300)
          const { violations } = await new AxeBuilder({ page }).analyze()
          expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).toEqual([])
        }
      },
      patienceMs,
    )
  })
