/**
 * Pictures of every page and state, at two sizes and in both themes, to be looked at. What they show
 * is in `scenes/`.
 *
 *     bun tests/e2e/screenshots.ts [folder] [part of a name]
 */
import { mkdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { BrowserContext } from "playwright-core"
import { account } from "./scenes/account.ts"
import { admin } from "./scenes/admin.ts"
import { channels } from "./scenes/channels.ts"
import { chat } from "./scenes/chat.ts"
import { codes } from "./scenes/codes.ts"
import { door } from "./scenes/door.ts"
import { factors } from "./scenes/factors.ts"
import { keys } from "./scenes/keys.ts"
import { money } from "./scenes/money.ts"
import type { Shot } from "./scenes/scene.ts"
import { launch, newVisitor, sizes } from "./support/browser.ts"
import { startServer } from "./support/server.ts"
import { cookieOf, rootPassword, setUp } from "./support/setup.ts"
import { startUpstream } from "./support/upstream.ts"

/** A new one gets a line. */
const scenes = [door, account, chat, keys, channels, codes, admin, factors, money]

const [folder = join(tmpdir(), "nio-screenshots"), only = ""] = process.argv.slice(2)
await mkdir(folder, { recursive: true })

await using upstream = await startUpstream()
await using bare = await startServer()
await using server = await startServer({ ROOT_PASSWORD: rootPassword })
const operator = await setUp(server.url, upstream.url, 1_234.5)
const shots: Shot[] = []
for (const scene of scenes) shots.push(...(await scene({ server, bare, operator, upstream })))

const browser = await launch()
try {
  for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
    for (const colorScheme of ["light", "dark"] as const) {
      const signedIn = await newVisitor(browser, size, { colorScheme })
      await signedIn.addCookies([cookieOf(operator, server.url)])
      for (const shot of shots)
        if (shot.name.includes(only) && (shot.size ?? size) === size) {
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

// What the scenes left open must not keep the pictures waiting.
process.exit(0)
