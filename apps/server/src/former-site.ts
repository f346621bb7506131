import { type OldDatabase, type OldPlace, openChatnio } from "@nio/db"
import type { FormerSite } from "./core/deps.ts"
import type { OldCounter, OldSite } from "./core/import/chatnio/old-site.ts"
import type { Env, RedisEnv } from "./env.ts"
import { readConfig } from "./infra/read-config.ts"
import { openReportFile } from "./infra/report-file.ts"

/** Where a Chat Nio installation is. */
export type FormerPlace = {
  mysql: OldPlace
  /** A folder with its `config.yaml`, or such a file; undefined for none. */
  config: string | undefined
  /** The address of its Redis; undefined: without the counters of plans. */
  redis: string | undefined
  zone: string
  /** What it is called here; undefined: found out. */
  source: string | undefined
}

/** @throws when something of it is not there */
export async function openFormerSite(place: FormerPlace): Promise<OldSite> {
  const config = place.config === undefined ? undefined : await readConfig(place.config)
  const database = await openChatnio(place.mysql)
  return {
    database,
    config,
    zone: place.zone,
    source: place.source ?? (await nameOf(database, place.mysql)),
    counters: () => countersAt(place.redis),
  }
}

async function countersAt(url: string | undefined): Promise<OldCounter[]> {
  if (url === undefined) return []
  const { readCounters } = await import("./infra/chatnio-counters.ts")
  return readCounters(url)
}

const nameChars = 16

/**
 * Made of the first account and its balance, which no installation shares with another, so that a copy
 * of the database is known again wherever it is restored.
 */
async function nameOf(database: OldDatabase, place: OldPlace): Promise<string> {
  const [user] = await database.page("auth", ["username"], "0", 1)
  const [balance] = await database.page("quota", ["user_id", "created_at"], "0", 1)
  const facts = balance ? [user, balance] : [place.host, place.port, place.database]
  const hash = new Bun.CryptoHasher("sha256").update(JSON.stringify(facts)).digest("hex")
  return hash.slice(0, nameChars)
}

/** The Chat Nio installation whose database this server was told to use, if there is one. */
export async function findFormerSite(env: Env): Promise<FormerSite | undefined> {
  const { mysql, redis, configDir, dataDir } = env
  if (!mysql || !(await hasPeople(mysql))) return undefined
  const place = { mysql, config: configDir, redis: redis && redisUrl(redis), source: undefined }
  return {
    open: (zone) => openFormerSite({ ...place, zone }),
    openReport: (name) => openReportFile(dataDir, name),
  }
}

async function hasPeople(mysql: OldPlace): Promise<boolean> {
  const database = await openChatnio(mysql)
  try {
    const counts = await Promise.all([database.count("auth"), database.count("quota")])
    return counts.every((rows) => rows > 0)
  } finally {
    await database.close()
  }
}

function redisUrl({ host, port, db, password }: RedisEnv): string {
  const url = new URL(`redis://${host}:${port}/${db}`)
  if (password) url.password = password
  return url.href
}
