import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type BrowserContext, chromium } from "playwright-core"
import { signIn } from "../support/browser.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, quietly } from "./support/browser.ts"
import { startServer, type TestServer } from "./support/server.ts"
import { cookieOf, rootPassword } from "./support/setup.ts"

const patienceMs = 30_000

if (!chromiumPath) skipSuite("the installed app", "Chromium is not installed")
else
  describe("the installed app", () => {
    let server: TestServer
    let context: BrowserContext
    let profile: string

    beforeAll(async () => {
      server = await startServer({ ROOT_PASSWORD: rootPassword })
      profile = await mkdtemp(join(tmpdir(), "nio-profile-"))
      // Only a profile that stays can install: other contexts count as private.
      context = await chromium.launchPersistentContext(profile, {
        ...(chromiumPath && { executablePath: chromiumPath }),
        args: quietly,
        locale: "en",
      })
      const operator = await signIn(server.url, "root", rootPassword)
      await context.addCookies([cookieOf(operator, server.url)])
    }, patienceMs)

    afterAll(async () => {
      await context.close()
      await server[Symbol.asyncDispose]()
      await rm(profile, { recursive: true, force: true })
    })

    test(
      "can be installed, and opens without a network with what was being written",
      async () => {
        const page = await context.newPage()
        await page.goto(server.url)
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
        const devtools = await context.newCDPSession(page)
        const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors")
        await devtools.detach()
        expect(installabilityErrors).toEqual([])

        // The second visit is served by the worker and keeps the parts of the page.
        await page.reload({ waitUntil: "networkidle" })
        const box = page.getByText("No models yet")
        await box.waitFor()

        await context.setOffline(true)
        await page.reload()
        await page.getByText("You are offline").waitFor()
        await page.getByText("Conversations could not be loaded").waitFor()
        await context.setOffline(false)
        await page.close()
      },
      patienceMs,
    )
  })
