import { type OldDatabase, type OldPlace, openChatnio } from "@nio/db"
import type { OldCounter, OldSite } from "./core/import/chatnio/run.ts"
import { readConfig } from "./infra/read-config.ts"

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
