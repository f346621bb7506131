import type { Db } from "../db.ts"
import { locking, perCount, places, updateOf, updateParams } from "./sql.ts"
import type { UsageEntry } from "./usage.ts"

/** What a key has spent and set aside, of what it may spend in all. */
export type KeyCap = { id: string; spend_cap: number | null; spent: number }

/**
 * The keys with a cap among those that asked, locked until the transaction ends: always in the order
 * of their ids, and after the accounts. Nobody else pays for a look.
 */
export async function lockKeyCaps(
  tx: Db,
  asked: readonly { usage: UsageEntry }[],
): Promise<ReadonlyMap<string, KeyCap>> {
  const ids = new Set(asked.flatMap(({ usage }) => cappedKey(usage) ?? []))
  if (ids.size === 0) return new Map()
  const rows = await tx.rows<KeyCap>(selectText(ids.size) + locking(tx), [...ids].sort())
  return new Map(rows.map((row) => [row.id, row]))
}

/** Writes caps that were read under a lock. */
export async function saveKeyCaps(tx: Db, caps: ReadonlyMap<string, KeyCap>): Promise<void> {
  if (caps.size === 0) return
  await tx.post(
    updateText(caps.size),
    updateParams([...caps.values()], ({ spent }) => spent),
  )
}

/** The key whose cap counts this. */
export const cappedKey = ({ keyId, capped }: UsageEntry): string | undefined =>
  capped && keyId !== null ? keyId : undefined

const selectText = perCount(
  (count) => `select id, spend_cap, spent from api_keys where id in (${places(count)}) order by id`,
)
const updateText = updateOf("api_keys", ["spent"])
