import type { OldDatabase } from "@nio/db"

/** A plan's counter in the original's Redis. Times are still those of the old server's clock. */
export type OldCounter = { item: string; userId: string; since: string; used: number }

/** Where an import comes from. */
export type OldSite = {
  database: OldDatabase
  /** Tells installations apart, however they are reached. */
  source: string
  /** `config.yaml`, parsed; undefined when there is none. */
  config: unknown
  counters: () => Promise<readonly OldCounter[]>
  /** Of the old server, whose times have none: such as `Asia/Shanghai`. */
  zone: string
}
