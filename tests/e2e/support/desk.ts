import type { SimulatedUpstream } from "@nio/adapters/testing"
import type { Browser, BrowserContext, Page } from "playwright-core"
import type { Browser as Operator } from "../../support/browser.ts"
import { launch, newVisitor } from "./browser.ts"
import { startServer, type TestServer } from "./server.ts"
import { cookieOf, rootPassword, setUp } from "./setup.ts"
import { startUpstream } from "./upstream.ts"

/** An operator's desk: a server that is set up, and a desktop browser signed in to it as root. */
export type Desk = {
  browser: Browser
  upstream: SimulatedUpstream
  server: TestServer
  operator: Operator
  context: BrowserContext
  page: Page
  close: () => Promise<void>
}

export async function openDesk(points: number): Promise<Desk> {
  const [browser, upstream, server] = await Promise.all([
    launch(),
    startUpstream(),
    startServer({ ROOT_PASSWORD: rootPassword }),
  ])
  const operator = await setUp(server.url, upstream.url, points)
  const context = await newVisitor(browser, "desktop")
  await context.addCookies([cookieOf(operator, server.url)])
  const page = await context.newPage()
  async function close() {
    await browser.close()
    await server[Symbol.asyncDispose]()
    await upstream.close()
  }
  return { browser, upstream, server, operator, context, page, close }
}
