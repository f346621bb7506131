/**
 * Pictures of every page and state, at two sizes and in both themes, to be looked at.
 *
 *     bun tests/e2e/screenshots.ts [folder] [part of a name]
 */
import { mkdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { simulate } from "@nio/adapters/testing"
import { channelDefaults, noLimits, toMicropoints } from "@nio/server/contract"
import type { BrowserContext, Page } from "playwright-core"
import { question } from "../support/browser.ts"
import { launch, newVisitor, sizes } from "./support/browser.ts"
import { startServer } from "./support/server.ts"
import { cookieOf, rootPassword, setUp } from "./support/setup.ts"
import { startUpstream } from "./support/upstream.ts"

const [folder = join(tmpdir(), "nio-screenshots"), only = ""] = process.argv.slice(2)
await mkdir(folder, { recursive: true })

await using upstream = await startUpstream()
await using bare = await startServer()
await using server = await startServer({ ROOT_PASSWORD: rootPassword })
const operator = await setUp(server.url, upstream.url, 1_234.5)

async function converse(model: string, text: string): Promise<string> {
  const socket = await operator.socket()
  socket.send(question({ model, text, requestId: crypto.randomUUID() }))
  const { conversationId } = await socket.next("accepted")
  await socket.next("done", 30_000)
  socket.close()
  return conversationId
}

const prose = await converse("prose-1", "What does it mean that a coin is fair?")
const diagram = await converse("diagram-1", "Draw the way of a request.")
const broken = await converse("broken-1", "Say something.")
const attack = await converse("attack-1", "Attack me.")
for (const title of [
  "Plan a week in Lisbon with two children",
  "日本語の敬語について",
  "Почему небо голубое?",
])
  await converse("diagram-1", title)
await operator.mutate("apiKey.create", { name: "my editor" })
const limits = {
  ...noLimits,
  models: ["prose-1", "diagram-1"],
  addresses: ["127.0.0.1", "::1", "203.0.113.0/24", "2001:db8::/32"],
  expiresAt: Date.UTC(2031, 4, 6, 7, 8),
  requestsPerMinute: 60,
  tokensPerMinute: 200_000,
  concurrency: 4,
}
const limited = await operator.mutate("apiKey.create", {
  name: "a script on the home server",
  limits,
  spendCap: toMicropoints(25),
})
for (const model of ["prose-1", "diagram-1", "diagram-1"])
  await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${limited.key}` },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "Tell me." }] }),
  }).then((answer) => answer.text())

const { batchId } = await operator.mutate("code.create", {
  kind: "redeem",
  name: "card shop, November",
  points: 50,
  count: 12,
  expiresAt: null,
  requestId: crypto.randomUUID(),
})
const made: string = await operator.mutate("code.export", {
  kind: "redeem",
  batchId,
  format: "txt",
})
const [firstCode = ""] = made.split("\r\n")
await operator.mutate("code.redeem", { code: firstCode })

const broken401 = await simulate({
  status: 401,
  body: JSON.stringify({ error: { message: "Incorrect API key provided", type: "auth" } }),
})
const resting = await operator.mutate("channel.create", {
  ...channelDefaults,
  name: "second account",
  enabled: true,
  provider: "openai",
  baseUrl: broken401.url,
  models: ["rests-1", "rests-2"],
  secrets: ["sk-first-key-of-many", "sk-second-key-of-many"],
  proxy: null,
  headers: { "x-team": "a secret of the team" },
  costs: [{ type: "per-token", models: ["rests-1"], input: 1_000_000, output: 4_000_000 }],
  groups: ["pro", "admin"],
})
await operator.mutate("price.save", {
  rule: { type: "free", models: ["rests-1"], input: 0, output: 0, anonymous: false },
})
const { key: editorKey } = await operator.mutate("apiKey.create", { name: "a build server" })
for (let asked = 0; asked < 2; asked++)
  await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${editorKey}` },
    body: JSON.stringify({ model: "rests-1", messages: [{ role: "user", content: "Hi" }] }),
  }).then((answer) => answer.text())

type Shot = {
  name: string
  path: string
  signedOut?: boolean
  url?: string
  act?: (page: Page) => Promise<unknown>
}

const composer = (page: Page) => page.locator("main textarea")
const shots: Shot[] = [
  { name: "sign-in", path: "/sign-in", signedOut: true },
  {
    name: "sign-in-wrong",
    path: "/sign-in",
    signedOut: true,
    async act(page) {
      await page.getByLabel("Name").fill("root")
      await page.getByLabel("Password", { exact: true }).fill("wrong")
      await page.getByRole("button", { name: "Sign in" }).click()
      await page.getByRole("alert").waitFor()
    },
  },
  {
    name: "first-password",
    path: "/",
    url: bare.url,
    signedOut: true,
    async act(page) {
      await page.getByLabel("Name").fill("root")
      await page.getByLabel("Password", { exact: true }).fill("chatnio123456")
      await page.getByRole("button", { name: "Sign in" }).click()
      await page.getByText("Choose your password").waitFor()
      await page.getByRole("button", { name: "Save password" }).click()
    },
  },
  { name: "new-chat", path: "/" },
  {
    name: "model-picker",
    path: "/",
    act: (page) => page.getByRole("button", { name: /^Model/ }).click(),
  },
  { name: "answer", path: `/c/${prose}`, act: (page) => page.getByText("proof").waitFor() },
  {
    name: "answer-top",
    path: `/c/${prose}`,
    async act(page) {
      await page.getByText("proof").waitFor()
      await page.waitForTimeout(500)
      await page.getByRole("region", { name: "Conversation" }).evaluate((it) => it.scrollTo(0, 0))
      await page.getByRole("button", { name: "Thoughts" }).click()
    },
  },
  {
    name: "streaming",
    path: "/",
    async act(page) {
      await page.getByRole("button", { name: /^Model/ }).click()
      await page.getByRole("option", { name: /slow-1/ }).click()
      await composer(page).fill("Go on for a while.")
      await page.getByRole("button", { name: "Send", exact: true }).click()
      await page.getByRole("button", { name: "Stop" }).waitFor()
      await page.waitForTimeout(2_500)
    },
  },
  { name: "diagram", path: `/c/${diagram}`, act: (page) => page.waitForTimeout(4_000) },
  { name: "broken", path: `/c/${broken}`, act: (page) => page.getByRole("alert").waitFor() },
  { name: "attack", path: `/c/${attack}`, act: (page) => page.waitForTimeout(2_500) },
  { name: "not-found-chat", path: "/c/nothing" },
  { name: "not-found", path: "/nowhere" },
  { name: "account", path: "/account" },
  {
    name: "create-key",
    path: "/keys",
    act: (page) => page.getByRole("button", { name: "Create key" }).click(),
  },
  {
    name: "edit-key",
    path: "/keys",
    async act(page) {
      await page.getByRole("button", { name: "More for a script" }).click()
      await page.getByRole("menuitem", { name: "Edit" }).click()
      await page.getByText("Points it may spend").waitFor()
    },
  },
  { name: "keys", path: "/keys" },
  { name: "key-usage", path: `/keys/${limited.id}` },
  {
    name: "shortcuts",
    path: "/account",
    act: (page) => page.keyboard.press("?"),
  },
  { name: "channels", path: "/admin/channels" },
  { name: "new-channel", path: "/admin/channels/new" },
  { name: "edit-channel", path: `/admin/channels/${resting.id}` },
  {
    name: "channel-connection",
    path: `/admin/channels/${resting.id}`,
    async act(page) {
      await page.getByLabel("Kind of proxy").selectOption("socks5")
      await page.getByRole("heading", { name: "Connection" }).scrollIntoViewIfNeeded()
      await page.getByRole("button", { name: "Add cost" }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: "channel-bulk",
    path: "/admin/channels",
    async act(page) {
      await page.getByLabel("Choose scripted").check()
      await page.getByLabel("Choose second account").check()
    },
  },
  {
    name: "channel-bulk-set",
    path: "/admin/channels",
    async act(page) {
      await page.getByLabel("Choose scripted").check()
      await page.getByRole("button", { name: "Set …" }).click()
    },
  },
  {
    name: "channel-round",
    path: "/admin/channels",
    async act(page) {
      await page.getByRole("button", { name: "Test second account" }).click()
      await page.getByRole("button", { name: "Test all 2 models" }).click()
      await page.getByRole("button", { name: "Ask" }).click()
      await page.getByText(/answered,/).waitFor()
    },
  },
  {
    name: "channel-export",
    path: "/admin/channels",
    async act(page) {
      await page.getByRole("button", { name: "Import and export" }).click()
      await page.getByRole("menuitem", { name: "Export all" }).click()
      await page.getByLabel("With keys").check()
    },
  },
  { name: "settings", path: "/admin/settings" },
  {
    name: "test-channel",
    path: "/admin/channels",
    async act(page) {
      await page.getByRole("button", { name: "Test scripted" }).click()
      await page.getByRole("button", { name: "Ask" }).click()
      await page.getByText(/Answered in|after/).waitFor()
    },
  },
  { name: "prices", path: "/admin/prices" },
  {
    name: "new-price",
    path: "/admin/prices",
    act: (page) => page.getByRole("button", { name: "New price" }).click(),
  },
  { name: "users", path: "/admin/users" },
  { name: "codes", path: "/admin/codes" },
  {
    name: "make-codes",
    path: "/admin/codes?kind=gift",
    act: (page) => page.getByRole("button", { name: "Make codes" }).click(),
  },
  {
    name: "redeem-code",
    path: "/",
    async act(page) {
      const sidebar = page.getByRole("button", { name: "Show sidebar" })
      if (await sidebar.isVisible()) await sidebar.click()
      await page.getByRole("button", { name: "root" }).click()
      await page.getByRole("menuitem", { name: "Redeem a code" }).click()
      await page.getByRole("textbox", { name: "Code" }).fill(firstCode)
      await page.getByRole("button", { name: "Redeem", exact: true }).click()
    },
  },
  {
    name: "add-points",
    path: "/admin/users",
    act: (page) => page.getByRole("button", { name: "Add points" }).first().click(),
  },
]
const phoneOnly: Shot[] = [
  {
    name: "drawer",
    path: "/",
    act: (page) => page.getByRole("button", { name: "Show sidebar" }).click(),
  },
]

const browser = await launch()
try {
  for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
    for (const colorScheme of ["light", "dark"] as const) {
      const signedIn = await newVisitor(browser, size, { colorScheme })
      await signedIn.addCookies([cookieOf(operator, server.url)])
      for (const shot of [...shots, ...(size === "phone" ? phoneOnly : [])])
        if (shot.name.includes(only)) {
          const visitor = shot.signedOut
            ? await newVisitor(browser, size, { colorScheme })
            : signedIn
          await take(visitor, shot, `${shot.name}-${size}-${colorScheme}`)
        }
      await signedIn.close()
    }
} finally {
  await browser.close()
}

async function take(context: BrowserContext, shot: Shot, name: string) {
  const page = await context.newPage()
  try {
    await page.goto(`${shot.url ?? server.url}${shot.path}`)
    await page.locator("main, h2").first().waitFor()
    await page.waitForTimeout(400)
    await shot.act?.(page)
    await page.waitForTimeout(300)
  } catch (error) {
    console.error(name, String(error).split("\n")[0])
  }
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" })
  await page.close()
}
