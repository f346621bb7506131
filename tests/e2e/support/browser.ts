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
export const newVisitor = (
  browser: Browser,
  size: keyof typeof sizes,
  own: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: sizes[size],
    locale: "en",
    serviceWorkers: "block",
    ...(size === "phone" && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
    ...own,
  })
