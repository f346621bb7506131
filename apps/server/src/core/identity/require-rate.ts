import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** @throws AppError `rate.limited` when one of the buckets is empty; the others are drawn from all the same */
export async function requireRate(
  { kv }: Deps,
  buckets: readonly [key: string, bucket: Bucket][],
): Promise<void> {
  const waits = await Promise.all(buckets.map(([key, bucket]) => kv.spend(key, bucket)))
  const waitMs = Math.max(...waits)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
}
