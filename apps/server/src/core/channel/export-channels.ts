import { channels } from "@nio/db"
import { type ChannelFile, channelConfig } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { noSecrets, readSecrets } from "./channel-secrets.ts"

/**
 * These channels, or all, as a file that `importChannels` takes. Secrets only when asked for; who
 * took them along is written down. Channels that cannot be read are left out.
 */
export async function exportChannels(
  deps: Deps,
  actor: Actor,
  { ids, withSecrets }: { ids?: readonly string[] | undefined; withSecrets: boolean },
): Promise<ChannelFile> {
  requireAdmin(actor)
  const rows = await channels.list(deps.db)
  const chosen = ids ? rows.filter(({ id }) => ids.includes(id)) : rows
  const file = chosen.flatMap((row) => portable(deps, row, withSecrets) ?? [])
  await recordAudit(deps, deps.db, actor, {
    act: "channel.export",
    targetId: ids?.length === 1 ? (ids[0] ?? "") : "channels",
    before: null,
    after: { channels: chosen.map(({ id }) => id), withSecrets },
  })
  return { version: 1, channels: file }
}

function portable(
  { vault }: Deps,
  { name, enabled, config, secrets }: channels.ChannelRow,
  withSecrets: boolean,
): ChannelFile["channels"][number] | undefined {
  const { data } = channelConfig.safeParse(config)
  if (!data) return undefined
  if (!withSecrets) return { name, enabled, ...data }
  const { keys, headers, proxyLogin } = readSecrets(vault, secrets) ?? noSecrets
  const proxy = data.proxy && { ...data.proxy, ...(proxyLogin && { login: proxyLogin }) }
  return { name, enabled, ...data, proxy, secrets: keys, headers }
}
