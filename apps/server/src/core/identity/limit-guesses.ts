import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** A person who mistypes is not held up; a list of passwords would take years. */
const perName: Bucket = { capacity: 10, perSecond: 1 / 12 }
const perAddress: Bucket = { capacity: 60, perSecond: 1 }

/** @throws AppError `rate.limited` when a name or an address was tried too often */
export async function limitGuesses(
  { kv }: Deps,
  { name, address }: { name: string; address: string },
): Promise<void> {
  const waits = await Promise.all([
    kv.spend(`guess:name:${name.toLowerCase()}`, perName),
    kv.spend(`guess:address:${address}`, perAddress),
  ])
  const waitMs = Math.max(...waits)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
}
