import { channels, suspendedKeys } from "@nio/db"
import type { ChannelHealth, RestView } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import type { HealthEntry } from "../routing/health.ts"
import { keyIdOf, noSecrets, readSecrets } from "./channel-secrets.ts"
import { hintOf } from "./channel-view.ts"

/** Who of every channel sits out, why, and until when. */
export async function listChannelHealth(deps: Deps, actor: Actor): Promise<ChannelHealth[]> {
  requireAdmin(actor)
  const rests = new Map<string, RestView[]>()
  const add = (channelId: string, view: RestView) =>
    void rests.set(channelId, [...(rests.get(channelId) ?? []), view])

  const suspended = await suspendedKeys.list(deps.db)
  for (const { channelId, keyId, message, since } of suspended)
    add(channelId, { keyId, reason: "auth", message, since, until: null, probing: false })
  const known = new Set(suspended.map(({ keyId }) => keyId))
  const now = deps.now()
  for (const entry of deps.health.entries())
    if (isOut(entry, now) && !known.has(entry.keyId ?? "")) add(entry.channelId, viewOf(entry, now))

  return (await channels.list(deps.db)).map(({ id, secrets }) => ({
    id,
    keys: (readSecrets(deps.vault, secrets) ?? noSecrets).keys.map((key) => ({
      id: keyIdOf(id, key),
      hint: hintOf(key),
    })),
    rests: rests.get(id) ?? [],
  }))
}

const isOut = ({ rest: { until, probeUntil } }: HealthEntry, now: number) =>
  until > now || probeUntil > now

function viewOf({ keyId, model, rest }: HealthEntry, now: number): RestView {
  const { reason, message, since, until, probeUntil } = rest
  return {
    ...(keyId !== undefined && { keyId }),
    ...(model !== undefined && { model }),
    reason,
    message,
    since,
    until,
    probing: until <= now && probeUntil > now,
  }
}
