import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Browser, chromium, type Page } from "playwright-core"
import { freePort } from "../support/free-port.ts"
import { findProgram } from "../support/services.ts"
import { Operator, rootPassword } from "./operator.ts"
import {
  axeProblems,
  firstLoad,
  openConversation,
  readResponsiveness,
  watchResponsiveness,
} from "./page-measures.ts"
import { startServer } from "./processes.ts"
import { models, startProseUpstream } from "./prose-upstream.ts"
import { writeConversation } from "./write-conversation.ts"

/** The budgets of the web app, measured on the built app in a real browser. Exit 1 when one is missed. */
const budgets = { scriptKb: 200, openMs: 400, keyMs: 16, taskMs: 50 }
const messages = 300
/** 10,000 tokens at four a chunk: a minute's answer of a fast model in a quarter of that. */
const chunkPauseMs = 5
const routes = [
  "/",
  "/account",
  "/keys",
  "/admin/channels",
  "/admin/prices",
  "/admin/users",
  "/admin/settings",
]

const executablePath = process.env.CHROMIUM_PATH ?? findProgram("chromium")
if (!executablePath) {
  console.error("Chromium is not installed")
  process.exit(1)
}

const folder = await mkdtemp(join(tmpdir(), "nio-bench-web-"))
const upstream = startProseUpstream(chunkPauseMs)
const port = await freePort()
const server = await startServer(
  { DATA_DIR: folder, CONFIG_DIR: join(folder, "config"), ROOT_PASSWORD: rootPassword },
  port,
)
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] })
let missed = 0

try {
  const operator = new Operator(port)
  await operator.setUp(upstream.url, Object.keys(models))
  const conversation = await writeConversation(port, operator, messages)
  await measure(browser, `http://127.0.0.1:${port}`, conversation)
} finally {
  await browser.close()
  await server.stop()
  upstream.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(missed > 0 ? 1 : 0)

async function measure(browser: Browser, base: string, conversation: string) {
  // Without the service worker, whose own requests come after the page's.
  const context = await browser.newContext({ serviceWorkers: "block", locale: "en" })
  const page = await context.newPage()

  reportLoad("a visitor's first load of /", await firstLoad(page, `${base}/`))
  report("axe on /sign-in", await axeProblems(page))
  await signIn(page)
  reportLoad("a member's first load of /", await firstLoad(page, `${base}/`))

  const openMs = await openConversation(page, conversation, `Question ${messages / 2}?`)
  within(`opening ${messages} messages`, openMs, budgets.openMs, "ms")

  await page.goto(`${base}/`, { waitUntil: "networkidle" })
  await stream(page)

  for (const route of [...routes, `/c/${conversation}`])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${base}${route}`, { waitUntil: "networkidle" })
      report(`axe on ${route}, ${colorScheme}`, await axeProblems(page))
    }
}

async function signIn(page: Page) {
  await page.getByLabel("Name").fill("root")
  await page.getByLabel("Password", { exact: true }).fill(rootPassword)
  await page.keyboard.press("Enter")
  await page.waitForURL((url) => url.pathname === "/")
}

/** Types all through a long answer. */
async function stream(page: Page) {
  await page.evaluate(() => localStorage.setItem("nio.model", "long"))
  await page.reload({ waitUntil: "networkidle" })
  const composer = page.locator("#composer")
  await composer.fill("Write at length.")
  await page.keyboard.press("Enter")
  await page.waitForURL(/\/c\//)
  await watchResponsiveness(page)
  const until = performance.now() + (models.long / 4) * chunkPauseMs
  while (performance.now() < until) {
    await composer.press("a")
    await Bun.sleep(120)
  }
  const { tasks, keys } = await readResponsiveness(page)
  const written = (await page.locator("main").textContent())?.length ?? 0
  if (written < models.long) throw new Error(`only ${written} characters of the answer are there`)
  const sorted = keys.toSorted((a, b) => a - b)
  for (const share of [0.5, 0.98]) {
    const ms = sorted[Math.floor(keys.length * share)] ?? Number.NaN
    within(`key press while an answer streams, p${share * 100}`, ms, budgets.keyMs, "ms")
  }
  within("longest task in a 10,000-token answer", Math.max(0, ...tasks), budgets.taskMs, "ms")
}

function reportLoad(what: string, { scripts, strangers }: Awaited<ReturnType<typeof firstLoad>>) {
  const kb = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000
  if (!within(`${what}: JavaScript, gzipped`, kb, budgets.scriptKb, "kB"))
    for (const { script, bytes } of scripts.slice(0, 8))
      console.log(`    ${(bytes / 1_000).toFixed(1)} kB ${new URL(script).pathname}`)
  report(`${what}: third-party requests`, strangers)
}

function within(what: string, value: number, limit: number, unit: string): boolean {
  const met = value <= limit
  if (!met) missed++
  console.log(`${met ? "✓" : "✗"} ${what}: ${value.toFixed(1)} ${unit} (≤ ${limit} ${unit})`)
  return met
}

function report(what: string, problems: string[]) {
  if (problems.length > 0) missed++
  console.log(`${problems.length === 0 ? "✓" : "✗"} ${what}: ${problems.length || "none"}`)
  for (const problem of problems) console.log(`    ${problem}`)
}
