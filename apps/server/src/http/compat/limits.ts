import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"

/** How often one address may ask for what begins with a path: so many times in so many seconds. */
const limits: Record<string, { seconds: number; max: number }> = {
  "/login": { seconds: 10, max: 20 },
  "/register": { seconds: 120, max: 10 },
  "/verify": { seconds: 120, max: 10 },
  "/reset": { seconds: 120, max: 10 },
  "/apikey": { seconds: 1, max: 2 },
  "/resetkey": { seconds: 3_600, max: 3 },
  "/package": { seconds: 1, max: 2 },
  "/quota": { seconds: 1, max: 2 },
  "/buy": { seconds: 1, max: 2 },
  "/subscribe": { seconds: 1, max: 2 },
  "/subscription": { seconds: 1, max: 2 },
  "/userinfo": { seconds: 1, max: 2 },
  "/chat": { seconds: 1, max: 5 },
  "/conversation": { seconds: 1, max: 5 },
  "/invite": { seconds: 7_200, max: 20 },
  "/redeem": { seconds: 1_200, max: 60 },
  "/broadcast": { seconds: 1, max: 2 },
}

/**
 * Counts a request to `path`, each path for itself. The longest beginning decides.
 * @throws AppError `rate.limited`
 */
export async function limitCalls({ kv }: Deps, path: string, address: string): Promise<void> {
  const limit = limitOf(path)
  if (!limit) return
  const bucket = { capacity: limit.max, perSecond: limit.max / limit.seconds }
  const waitMs = await kv.spend(`compat:${path}:${address}`, bucket)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
}

export function limitOf(path: string) {
  const [longest] = Object.keys(limits)
    .filter((prefix) => path.startsWith(prefix))
    .sort((a, b) => b.length - a.length)
  return longest === undefined ? undefined : limits[longest]
}
