import type { ChannelHealth } from "@nio/server/contract"
import { trpc } from "../../lib/trpc.ts"

/** How often the health of the channels is asked for while somebody looks. */
export const healthEveryMs = 10_000

/** Channels that have something resting, by id. */
export function useHealth(): ReadonlyMap<string, ChannelHealth> {
  const health = trpc.channel.health.useQuery(undefined, { refetchInterval: healthEveryMs })
  const resting = (health.data ?? []).filter(({ rests }) => rests.length > 0)
  return new Map(resting.map((one) => [one.id, one]))
}
