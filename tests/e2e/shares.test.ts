import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import { openOldSocket } from "../support/compat.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, newVisitor } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"

const patienceMs = 60_000
/** A page in someone's text that tries to be one. */
const hostile = "<img src=x onerror=\"document.title='taken'\"> [me](javascript:alert(1))"

if (!chromiumPath) skipSuite("shares in a browser", "Chromium is not installed")
else
  describe("shares in a browser", () => {
    let desk: Desk
    let key: string
    let hash: string

    const api = (path: string, init: RequestInit = {}) =>
      fetch(`${desk.server.url}/api${path}`, {
        ...init,
        headers: { authorization: `Bearer ${key}` },
      }).then((answer) => answer.json() as Promise<{ status: boolean; data: string }>)

    beforeAll(async () => {
      desk = await openDesk(50)
      ;({ key } = await desk.operator.mutate("apiKey.create", { name: "old client" }))
      const socket = await openOldSocket(desk.server.url, { token: key, id: -1 })
      const { conversation } = await socket.ask(hostile, { model: "prose-1" })
      socket.close()
      const body = JSON.stringify({ id: conversation, refs: [-1] })
      hash = (await api("/conversation/share", { method: "POST", body })).data
    }, patienceMs)
    afterAll(() => desk.close())

    test(
      "anybody who has the address reads what was shared, until it is taken back",
      async () => {
        for (const size of ["phone", "desktop"] as const)
          for (const colorScheme of ["light", "dark"] as const) {
            const where = `${size} ${colorScheme}`
            const context = await newVisitor(desk.browser, size, { colorScheme })
            const page = await context.newPage()
            await page.goto(`${desk.server.url}/share/${hash}`)
            await page.getByRole("heading", { level: 1 }).waitFor()
            await page.getByRole("article", { name: "Answer" }).waitFor()
            await page.waitForLoadState("networkidle")
            await page.waitForTimeout(300)
            expect(await page.title()).not.toBe("taken")
            expect(await page.getByRole("article", { name: "Question" }).textContent()).toBe(
              hostile,
            )
            const surplus = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            )
            expect({ where, surplus }).toEqual({ where, surplus: 0 })
            const { violations } = await new AxeBuilder({ page }).analyze()
            expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`)).toEqual(
              [],
            )
            await context.close()
          }

        await api(`/conversation/share/delete?hash=${hash}`)
        const context = await newVisitor(desk.browser, "phone")
        const page = await context.newPage()
        await page.goto(`${desk.server.url}/share/${hash}`)
        await page.getByText("Nothing is shared here").waitFor()
        await context.close()
      },
      patienceMs,
    )
  })
