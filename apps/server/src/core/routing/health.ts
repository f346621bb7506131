import type { UpstreamError } from "@nio/adapters"
import type { LiveChannel } from "../live/live.ts"
import type { Attempt } from "./attempts.ts"

/** Who is left alone for a while, on this node. */
export type Health = {
  isWell(channel: LiveChannel): boolean
  /** The channel's keys that are not resting; all of them when all are. Never empty. */
  usableKeys(channel: LiveChannel): readonly string[]
  failed(attempt: Attempt, error: UpstreamError): void
  succeeded(attempt: Attempt): void
}

const keyRestMs = { auth: 300_000, quota: 300_000, "rate-limit": 10_000 }
const keyRestMsMax = 3_600_000
/** The first failure of a channel may be chance; from the second on it rests, twice as long each time. */
const channelRestMs = 1_000
const channelRestMsMax = 60_000

export function createHealth(now: () => number): Health {
  const keyRestsUntil = new Map<string, number>()
  const channels = new Map<string, { failures: number; restsUntil: number }>()
  const keyName = (channelId: string, key: string) => `${channelId}\n${key}`

  return {
    isWell(channel) {
      if ((channels.get(channel.id)?.restsUntil ?? 0) > now()) return false
      if (keyRestsUntil.size === 0) return true
      return channel.secrets.some((key) => !rests(keyRestsUntil.get(keyName(channel.id, key))))
    },

    usableKeys({ id, secrets }) {
      if (keyRestsUntil.size === 0) return secrets
      const usable = secrets.filter((key) => !rests(keyRestsUntil.get(keyName(id, key))))
      return usable.length > 0 ? usable : secrets
    },

    failed({ channel, key }, { kind, retryAfterMs }) {
      if (kind === "auth" || kind === "quota" || kind === "rate-limit") {
        const restMs = Math.min(retryAfterMs ?? keyRestMs[kind], keyRestMsMax)
        keyRestsUntil.set(keyName(channel.id, key), now() + restMs)
        return
      }
      if (kind === "model-missing" || kind === "invalid-request" || kind === "content-filter")
        return
      const failures = (channels.get(channel.id)?.failures ?? 0) + 1
      const restMs =
        failures < 2 ? 0 : Math.min(channelRestMs * 2 ** (failures - 2), channelRestMsMax)
      channels.set(channel.id, { failures, restsUntil: now() + restMs })
    },

    succeeded({ channel, key }) {
      if (channels.size > 0) channels.delete(channel.id)
      if (keyRestsUntil.size > 0) keyRestsUntil.delete(keyName(channel.id, key))
    },
  }

  function rests(until: number | undefined) {
    return until !== undefined && until > now()
  }
}
