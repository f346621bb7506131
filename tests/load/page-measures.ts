import AxeBuilder from "@axe-core/playwright"
import type { Page, Request } from "playwright-core"

/** The scripts that a page brings, with their bytes when gzipped, and whom else it asked. */
export async function firstLoad(page: Page, url: string) {
  const scripts = new Set<string>()
  const strangers = new Set<string>()
  const onRequest = (request: Request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) strangers.add(request.url())
    if (request.resourceType() === "script") scripts.add(request.url())
  }
  page.on("request", onRequest)
  await page.goto(url, { waitUntil: "networkidle" })
  page.off("request", onRequest)
  const sizes = await Promise.all(
    [...scripts].map(async (script) => ({ script, bytes: await gzippedBytes(script) })),
  )
  return { scripts: sizes.toSorted((a, b) => b.bytes - a.bytes), strangers: [...strangers] }
}

async function gzippedBytes(url: string): Promise<number> {
  const response = await fetch(url)
  return Bun.gzipSync(await response.bytes()).length
}

/** From the click on a conversation to the first picture with its last message. */
export async function openConversation(page: Page, id: string, lastText: string): Promise<number> {
  await page.waitForSelector(`a[href="/c/${id}"]`)
  return page.evaluate(
    async ({ id, lastText }) => {
      const began = performance.now()
      document.querySelector<HTMLElement>(`a[href="/c/${id}"]`)?.click()
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      while (!document.querySelector("main")?.textContent?.includes(lastText)) await frame()
      await frame()
      return performance.now() - began
    },
    { id, lastText },
  )
}

/** Starts to note how long tasks and key presses take. Read with `readResponsiveness`. */
export function watchResponsiveness(page: Page): Promise<void> {
  return page.evaluate(() => {
    const noted = { tasks: [] as number[], keys: [] as number[] }
    Object.assign(window, { noted })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) noted.tasks.push(entry.duration)
    }).observe({ type: "longtask" })
    let pressedAt = 0
    // From the press to the end of what it caused: the first capture, and the task after all handlers.
    addEventListener("keydown", (event) => (pressedAt = event.timeStamp), { capture: true })
    addEventListener(
      "input",
      () => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => noted.keys.push(performance.now() - pressedAt)
        port2.postMessage(null)
      },
      { capture: true },
    )
  })
}

export const readResponsiveness = (page: Page): Promise<{ tasks: number[]; keys: number[] }> =>
  page.evaluate(() => (window as unknown as { noted: { tasks: number[]; keys: number[] } }).noted)

/** What axe finds wrong on the page as it is. */
export async function axeProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.target.join(" ")})`)
}
