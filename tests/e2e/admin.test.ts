import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import AxeBuilder from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { signIn } from "../support/browser.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { chromiumPath, newVisitor } from "./support/browser.ts"
import { type Desk, openDesk } from "./support/desk.ts"
import { answers, chooseModel, finished, send, watch } from "./support/page.ts"
import { startServer } from "./support/server.ts"
import { cookieOf, rootPassword } from "./support/setup.ts"

const patienceMs = 40_000
const pointsAtFirst = 50
const adminPaths = ["channels", "channels/new", "prices", "settings", "users"]

if (!chromiumPath) skipSuite("administration in a browser", "Chromium is not installed")
else
  describe("administration in a browser", () => {
    let desk: Desk
    let page: Page

    beforeAll(async () => {
      desk = await openDesk(pointsAtFirst)
      page = desk.page
    }, patienceMs)

    afterAll(() => desk.close())

    test(
      "a channel is added and tested, its models are priced, points are given, and people can chat",
      async () => {
        await using bare = await startServer({ ROOT_PASSWORD: rootPassword })
        const visitor = await newVisitor(desk.browser, "desktop")
        const newcomer = await signIn(bare.url, "root", rootPassword)
        await visitor.addCookies([cookieOf(newcomer, bare.url)])
        const page = await visitor.newPage()
        const { errors, strangers } = watch(page, bare.url)
        await page.goto(`${bare.url}/admin/channels`)
        await page.getByText("No channel yet").waitFor()
        await page.getByRole("link", { name: "New channel" }).first().click()
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Give the channel a name.").waitFor()
        await page.getByText("Enter at least one key.").waitFor()

        await page.getByLabel("Name").fill("scripted")
        await page.getByLabel("Provider").selectOption("openai-compatible")
        await page.getByLabel("Address").fill(desk.upstream.url)
        await page.getByLabel("Keys").fill("sk-scripted")
        await page.getByRole("textbox", { name: "Models" }).fill("diagram-1\nprose-1")
        await page.getByRole("textbox", { name: "Mapping" }).fill("!fast>diagram-1")
        await page.getByText("Offers 2 names").waitFor()
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Channel created").waitFor()

        await page.getByRole("button", { name: "Test scripted" }).click()
        await page.getByRole("button", { name: "Ask" }).click()
        await page.getByText(/Answered in/).waitFor()
        await page.keyboard.press("Escape")

        await page.goto(`${bare.url}/admin/prices`)
        await page.getByText("2 models have no price").waitFor()
        await page.getByRole("button", { name: "Price all 2 together" }).click()
        await page.getByLabel("Sent, points per 1M tokens").fill("15")
        await page.getByLabel("Answered, points per 1M tokens").fill("x")
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("Enter a number of points").waitFor()
        await page.getByLabel("Answered, points per 1M tokens").fill("60")
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByRole("cell", { name: "15 CN¥1.50" }).waitFor()
        await page.getByRole("cell", { name: "60 CN¥6.00" }).waitFor()
        expect(await page.getByText("have no price").count()).toBe(0)

        await page.goto(`${bare.url}/admin/users`)
        await page.getByRole("button", { name: "Add points" }).click()
        await page.getByRole("textbox", { name: "Points" }).fill("50")
        await page.getByRole("dialog").getByLabel("Reason").fill("to begin with")
        await page.getByRole("dialog").getByRole("button", { name: "Add points" }).click()
        await page.getByText("root has 50 points now.").waitFor()

        await page.goto(bare.url)
        await chooseModel(page, "fast")
        await send(page, "Does it work?")
        await answers(page).waitFor()
        await finished(page)
        expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
        await visitor.close()
      },
      patienceMs,
    )

    test(
      "a model in two rules is marked, before saving and in the list",
      async () => {
        await page.goto(`${desk.server.url}/admin/prices`)
        await page.getByRole("button", { name: "New price" }).click()
        await page.getByRole("button", { name: "Add offered model" }).click()
        await page.getByRole("combobox").fill("prose")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Escape")
        await page.getByText("Rule 1 already prices prose-1 and comes first.").waitFor()
        await page.getByRole("radio", { name: "Free" }).click()
        await page.getByRole("button", { name: "Save" }).click()
        await page.getByText("prose-1: rule 1 comes first.").waitFor()

        await page.getByRole("button", { name: "Delete" }).last().click()
        await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click()
        await page.getByText("prose-1: rule 1 comes first.").waitFor({ state: "detached" })
        await page.getByRole("cell", { name: "2 CN¥0.20" }).waitFor()
      },
      patienceMs,
    )

    test(
      "points sent again after a lost answer are added once",
      async () => {
        await page.goto(`${desk.server.url}/admin/users`)
        const before = await balance()
        await page.getByRole("button", { name: "Add points" }).click()
        await page.getByRole("textbox", { name: "Points" }).fill("7")
        await page.getByRole("textbox", { name: "Reason" }).fill("paid in cash")
        await page.route(
          "**/trpc/user.addPoints*",
          async (route) => {
            await route.fetch()
            await route.abort()
          },
          { times: 1 },
        )
        const add = page.getByRole("dialog").getByRole("button", { name: "Add points" })
        await add.click()
        await page.getByText("Sending the same again is safe").waitFor()
        await add.click()
        await page.getByText(/^root has .* points now\.$/).waitFor()
        expect((await balance()) - before).toBe(7_000_000)
      },
      patienceMs,
    )

    test(
      "a search stands in the address and outlives a reload",
      async () => {
        await page.goto(`${desk.server.url}/admin/users`)
        await page.getByRole("searchbox").fill("nobody at all")
        await page.getByText("Nobody is called nobody at all").waitFor()
        expect(new URL(page.url()).searchParams.get("q")).toBe("nobody at all")
        await page.reload()
        await page.getByText("Nobody is called nobody at all").waitFor()
        await page.getByRole("link", { name: "Users" }).click()
        await page.getByRole("cell", { name: "root Admin" }).waitFor()
        expect(await page.getByRole("searchbox").inputValue()).toBe("")
      },
      patienceMs,
    )

    test(
      "who is no administrator sees nothing of these pages and asks for nothing",
      async () => {
        const visitor = await desk.context.newPage()
        const asked: string[] = []
        visitor.on("request", (request) => asked.push(request.url()))
        await visitor.route(/\/trpc\/session\.current/, async (route) => {
          const answer = await route.fetch()
          const body = (await answer.text()).replace('"isAdmin":true', '"isAdmin":false')
          await route.fulfill({ response: answer, body })
        })
        await visitor.goto(`${desk.server.url}/admin/users`)
        await visitor.getByText("This is for administrators").waitFor()
        expect(asked.filter((url) => /trpc\/.*(?:user|channel|price)\./.test(url))).toEqual([])
        expect(await visitor.getByRole("link", { name: "Channels" }).count()).toBe(0)
        await visitor.close()
      },
      patienceMs,
    )

    test(
      "on a phone nothing is wider than the screen",
      async () => {
        const phone = await newVisitor(desk.browser, "phone")
        await phone.addCookies(await desk.context.cookies())
        const page = await phone.newPage()
        for (const path of adminPaths) {
          await page.goto(`${desk.server.url}/admin/${path}`)
          await page.getByRole("heading", { level: 1 }).last().waitFor()
          await page.waitForLoadState("networkidle")
          const surplus = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          expect({ path, surplus }).toEqual({ path, surplus: 0 })
        }
        await phone.close()
      },
      patienceMs,
    )

    test(
      "the pages have no fault that a machine can find, in either theme",
      async () => {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme })
          for (const path of adminPaths) {
            await page.goto(`${desk.server.url}/admin/${path}`)
            await page.getByRole("heading", { level: 1 }).last().waitFor()
            await page.waitForLoadState("networkidle")
            await expectNoFault(path)
          }
          await page.getByRole("button", { name: "Add points" }).click()
          await page.getByRole("dialog").getByRole("button", { name: "Add points" }).click()
          await expectNoFault("add points")
        }
      },
      2 * patienceMs,
    )

    async function expectNoFault(where: string) {
      await page.waitForTimeout(300)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`)).toEqual([])
    }

    /** Of root, in micropoints. */
    async function balance(): Promise<number> {
      const { items } = await desk.operator.query("user.list", { limit: 1 })
      return items[0].available
    }
  })
