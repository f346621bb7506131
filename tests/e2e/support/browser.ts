import { type Browser, type BrowserContext, chromium } from "playwright-core"
import { findProgram } from "../../support/services.ts"

export const chromiumPath = process.env.CHROMIUM_PATH ?? findProgram("chromium")

export const quietly = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath!, args: quietly })

export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
}

/** A visitor who has never been here. */
export async function newVisitor(
  browser: Browser,
  size: keyof typeof sizes,
  own: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: "en",
    serviceWorkers: "block",
    ...(size === "phone" && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
    ...own,
  })
  // Frames and workers say it in the console of their page too.
  context.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) refusalsOf(browser).push(message.text())
  })
  return context
}

const refusals = new WeakMap<Browser, string[]>()

/** What the pages of this browser tried and were refused by our own policy. */
export function refusalsOf(browser: Browser): string[] {
  const known = refusals.get(browser) ?? []
  refusals.set(browser, known)
  return known
}

/** @throws when a page of ours tried what our policy forbids: it is broken for everyone, if only a little */
export async function closeBrowser(browser: Browser): Promise<void> {
  await browser.close()
  const found = [...new Set(refusalsOf(browser))]
  if (found.length > 0) throw new Error(`the policy refused:\n${found.join("\n")}`)
}
