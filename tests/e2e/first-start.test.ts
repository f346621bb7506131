import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { SimulatedUpstream } from "@nio/adapters/testing"
import type { Browser } from "playwright-core"
import { signIn } from "../support/browser.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, closeBrowser, launch, newVisitor } from "./support/browser.ts"
import { chooseModel, composer, finished, send, signInAs, watch } from "./support/page.ts"
import { startServer, type TestServer } from "./support/server.ts"
import { startUpstream } from "./support/upstream.ts"

const patienceMs = 30_000
const firstPassword = "chatnio123456"
const ownPassword = "four random words here"

if (!chromiumPath) skipSuite("a first start in a browser", "Chromium is not installed")
else
  describe("a first start in a browser", () => {
    let browser: Browser
    let upstream: SimulatedUpstream
    let server: TestServer

    beforeAll(async () => {
      ;[browser, upstream, server] = await Promise.all([launch(), startUpstream(), startServer()])
    }, patienceMs)

    afterAll(async () => {
      await closeBrowser(browser)
      await server[Symbol.asyncDispose]()
      await upstream.close()
    })

    test(
      "the first password leads to a page that cannot be left, and then to where one wanted to go",
      async () => {
        const context = await newVisitor(browser, "desktop")
        const page = await context.newPage()
        const { strangers, errors } = watch(page, server.url)
        await page.goto(`${server.url}/account`)
        await signInAs(page, "root", "not the password")
        await page.getByText("Name or password is wrong.").waitFor()
        await signInAs(page, "root", firstPassword)
        await page.getByText("Choose your password").waitFor()
        await page.goto(`${server.url}/admin/channels`)
        await page.getByText("Choose your password").waitFor()
        expect(new URL(page.url()).pathname).toBe("/first-password")

        await page.getByLabel("New password", { exact: true }).fill(ownPassword)
        await page.getByLabel("New password again").fill(ownPassword)
        await page.getByRole("button", { name: "Save password" }).click()
        await page.waitForURL(/\/admin\/channels/)

        await page.goto(server.url)
        await page.getByText("No models yet").waitFor()
        await page.getByRole("link", { name: "Add a channel" }).waitFor()
        expect({ strangers, errors }).toEqual({ strangers: [], errors: [] })
        await context.close()
      },
      patienceMs,
    )

    test(
      "a model without points says so, and what to do; with points the same message is answered",
      async () => {
        const operator = await signIn(server.url, "root", ownPassword)
        const { channelDefaults } = await import("@nio/server/contract")
        await operator.mutate("channel.create", {
          ...channelDefaults,
          name: "scripted",
          enabled: true,
          provider: "deepseek",
          baseUrl: upstream.url,
          models: ["prose-1"],
          secrets: ["sk-scripted"],
        })
        const rule = { type: "per-token", models: ["prose-1"], anonymous: false }
        await operator.mutate("price.save", {
          rule: { ...rule, input: 2_000_000, output: 8_000_000 },
        })

        const context = await newVisitor(browser, "desktop")
        const page = await context.newPage()
        await page.goto(server.url)
        await signInAs(page, "root", ownPassword)
        await chooseModel(page, "prose-1")
        await send(page, "Is it fair?")
        const alert = page.getByRole("alert")
        await alert.getByText("Not enough points").waitFor()
        expect(await alert.getByRole("link").getAttribute("href")).toBe("/admin/users")

        const { items } = await operator.query("user.list", { limit: 10 })
        await operator.mutate("user.addPoints", {
          userId: items[0].id,
          points: 100,
          reason: "to go on",
          requestId: crypto.randomUUID(),
        })
        const again = page.getByRole("button", { name: "Try again" })
        if (await again.isVisible()) await again.click()
        else await composer(page).press("Enter")
        await page.getByRole("link", { name: "the article" }).waitFor()
        await finished(page)
        await context.close()
      },
      patienceMs,
    )
  })
