import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { type Built, build } from "../build.ts"
import { listUnopened } from "../core/live/unopened.ts"
import type { Env } from "../env.ts"
import { createLog } from "../infra/log.ts"

type Finding = { ok: boolean; says: string }

/** Looks over the installation and says what needs attention. Exit 1 when something does. */
export async function doctor(env: Env): Promise<number> {
  const findings: Finding[] = [...placeOf(env)]
  try {
    const built = await build(env, createLog("silent"), { guest: true })
    try {
      findings.push(...(await partsOf(built)), ...contentsOf(built), await secretsOf(built))
    } finally {
      await built.close()
    }
  } catch (error) {
    findings.push({ ok: false, says: `database: ${(error as Error).message}` })
  }
  for (const { ok, says } of findings) console.log(`${ok ? "ok  " : "FIX "} ${says}`)
  return findings.every(({ ok }) => ok) ? 0 : 1
}

function placeOf(env: Env): Finding[] {
  const web = existsSync(resolve(import.meta.dir, "../../../web/dist/index.html"))
  return [
    {
      ok: true,
      says: env.mysql
        ? `database: MySQL at ${env.mysql.host}`
        : `database: SQLite in ${env.dataDir}`,
    },
    {
      ok: true,
      says: env.redis ? `shared memory: Redis at ${env.redis.host}` : "shared memory: this process",
    },
    {
      ok: web || !env.serveStatic,
      says: web ? "web app: built" : "web app: not built; ./bin/start builds it",
    },
  ]
}

const partsOf = ({ ready }: Built): Promise<Finding[]> =>
  Promise.all(
    Object.entries(ready).map(async ([name, isWell]) => {
      const ok = await isWell().catch(() => false)
      return { ok, says: ok ? `${name}: answers` : `${name}: does not answer` }
    }),
  )

function contentsOf({ deps }: Built): Finding[] {
  const { channels, byModel, prices } = deps.live.current()
  const unpriced = [...byModel.keys()].filter((model) => !prices.has(model))
  return [
    channels.length > 0
      ? { ok: true, says: `channels: ${channels.length} in use, ${byModel.size} models` }
      : { ok: false, says: "channels: none in use; add one in the admin page" },
    unpriced.length === 0
      ? { ok: true, says: "prices: every model has one" }
      : {
          ok: false,
          says: `prices: ${unpriced.length} models have none: ${unpriced.slice(0, 5).join(", ")}`,
        },
  ]
}

async function secretsOf({ deps }: Built): Promise<Finding> {
  const closed = await listUnopened(deps)
  return closed.length === 0
    ? { ok: true, says: "secrets: all can be opened" }
    : {
        ok: false,
        says: `secrets: ${closed.length} were sealed with another SECRET: ${closed.slice(0, 5).join(", ")}. Start with the SECRET of that time, or enter them anew`,
      }
}
