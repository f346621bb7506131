import { and, eq } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"
import { isDuplicate } from "../failure.ts"

export type SuspendedKey = { keyId: string; channelId: string; message: string; since: number }

export const list = ({ orm, t }: Db): Promise<SuspendedKey[]> => orm.select().from(t.suspendedKeys)

/** @returns false when it is suspended already. */
export async function add({ orm, t }: Db, key: SuspendedKey): Promise<boolean> {
  try {
    await orm.insert(t.suspendedKeys).values(key)
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** One key of a channel, or all of them. @returns how many were suspended */
export async function lift({ orm, t }: Db, channelId: string, keyId?: string): Promise<number> {
  const ofChannel = eq(t.suspendedKeys.channelId, channelId)
  const which = keyId === undefined ? ofChannel : and(ofChannel, eq(t.suspendedKeys.keyId, keyId))
  return affectedRows(await orm.delete(t.suspendedKeys).where(which))
}
