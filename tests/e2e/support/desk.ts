import type { SimulatedUpstream } from "@nio/adapters/testing"
import type { Browser, BrowserContext, Page } from "playwright-core"
import type { Browser as Operator } from "../../support/browser.ts"
import { closeBrowser, launch, newVisitor, type sizes } from "./browser.ts"
import { startServer, type TestServer } from "./server.ts"
import { cookieOf, rootPassword, setUp } from "./setup.ts"
import { startUpstream } from "./upstream.ts"

type Size = keyof typeof sizes

/** An operator's desk: a server that is set up, and a desktop browser signed in to it as root. */
export type Desk = {
  browser: Browser
  upstream: SimulatedUpstream
  server: TestServer
  operator: Operator
  context: BrowserContext
  page: Page
  /** A device of root's own, on a page of the server's. */
  visit(path?: string, size?: Size): Promise<{ context: BrowserContext; page: Page }>
  close: () => Promise<void>
}

export async function openDesk(points: number): Promise<Desk> {
  const [browser, upstream, server] = await Promise.all([
    launch(),
    startUpstream(),
    startServer({ ROOT_PASSWORD: rootPassword }),
  ])
  const operator = await setUp(server.url, upstream.url, points)
  async function signedIn(size: Size) {
    const context = await newVisitor(browser, size)
    await context.addCookies([cookieOf(operator, server.url)])
    return { context, page: await context.newPage() }
  }
  const { context, page } = await signedIn("desktop")

  async function visit(path = "/", size: Size = "desktop") {
    const own = await signedIn(size)
    await own.page.goto(`${server.url}${path}`)
    return own
  }
  async function close() {
    await server[Symbol.asyncDispose]()
    await upstream.close()
    await closeBrowser(browser)
  }
  return { browser, upstream, server, operator, context, page, visit, close }
}
