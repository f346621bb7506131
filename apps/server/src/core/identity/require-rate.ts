import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/**
 * Draws from one bucket after the other. What one refuses is not counted by those after it: nobody
 * can use up what belongs to somebody else beyond their own share.
 * @throws AppError `rate.limited`
 */
export async function requireRate(
  { kv }: Deps,
  buckets: readonly [key: string, bucket: Bucket][],
): Promise<void> {
  for (const [key, bucket] of buckets) {
    const waitMs = await kv.spend(key, bucket)
    if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
  }
}
