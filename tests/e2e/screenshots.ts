/**
 * Pictures of every page and state, at two sizes and in both themes, to be looked at. What they show
 * is in `scenes/`.
 *
 *     bun tests/e2e/screenshots.ts [folder] [scene, or scene/part of a picture's name] …
 */
import { mkdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, BrowserContext } from "playwright-core"
import { scenes } from "./scenes/index.ts"
import type { Shot, Stage } from "./scenes/scene.ts"
import { launch, newVisitor, sizes } from "./support/browser.ts"
import { startServer } from "./support/server.ts"
import { cookieOf, rootPassword, setUp } from "./support/setup.ts"
import { startUpstream } from "./support/upstream.ts"

const [folder = join(tmpdir(), "nio-screenshots"), ...asked] = process.argv.slice(2)
/** By scene and part of a name; of a scene alone, all of its pictures. */
const wanted = (asked.length > 0 ? asked : Object.keys(scenes)).map((one) => one.split("/"))

let missed = 0
await takeAll().catch(missOf("the stage"))
// What a page or a scene left open must not keep anybody waiting.
process.exit(missed > 0 ? 1 : 0)

async function takeAll() {
  await mkdir(folder, { recursive: true })
  await using upstream = await startUpstream()
  await using bare = await startServer()
  await using server = await startServer({ ROOT_PASSWORD: rootPassword })
  await using browser = await launch()
  await using closing = new AsyncDisposableStack()
  const operator = await setUp(server.url, upstream.url, 1_234.5)
  const stage = { server, bare, operator, upstream, closing }
  const shots = await setScenes(stage)
  for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
    for (const colorScheme of ["light", "dark"] as const)
      await takeEach(browser, stage, shots, size, colorScheme)
}

async function setScenes(stage: Stage): Promise<Shot[]> {
  for (const [name = ""] of wanted)
    if (!Object.hasOwn(scenes, name)) missOf(name)(new Error("there is no such scene"))
  const shots: Shot[] = []
  // In their own order, whatever the order they were asked for in: one sets what another shows.
  for (const [name, scene] of Object.entries(scenes)) {
    const parts = wanted.flatMap(([of, part = ""]) => (of === name ? [part] : []))
    if (parts.length === 0) continue
    const set = (await scene(stage).catch(missOf(name))) ?? []
    shots.push(...set.filter((shot) => parts.some((part) => shot.name.includes(part))))
  }
  return shots
}

async function takeEach(
  browser: Browser,
  { operator, server }: Stage,
  shots: Shot[],
  size: keyof typeof sizes,
  colorScheme: "light" | "dark",
) {
  await using signedIn = await newVisitor(browser, size, { colorScheme })
  await signedIn.addCookies([cookieOf(operator, server.url)])
  for (const shot of shots)
    if ((shot.size ?? size) === size) {
      const url = shot.url ?? server.url
      const stranger = shot.signedOut || shot.as !== undefined
      const visitor = stranger ? await newVisitor(browser, size, { colorScheme }) : signedIn
      if (shot.as) await visitor.addCookies([cookieOf(shot.as, url)])
      const name = `${shot.name}-${size}-${colorScheme}`
      await take(visitor, shot, url, name).catch(missOf(name))
      if (stranger) await visitor.close()
    }
}

async function take(context: BrowserContext, shot: Shot, url: string, name: string) {
  await using page = await context.newPage()
  try {
    await page.goto(`${url}${shot.path}`)
    await page.locator("main, h2").first().waitFor()
    await page.waitForTimeout(400)
    await shot.act?.(page)
    await page.waitForTimeout(300)
  } finally {
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" })
  }
}

/** Says what went wrong, in a line, and goes on. */
function missOf(what: string) {
  return (error: unknown) => {
    missed++
    console.error(`${what}: ${String(error).split("\n")[0]}`)
  }
}
