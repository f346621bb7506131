import type { channels } from "@nio/db"
import { type ChannelView, channelConfig, channelDefaults } from "../../contract/index.ts"
import type { Vault } from "../deps.ts"
import { reasonOf } from "../live/build-live.ts"
import { cannotBeOpened, noSecrets, readSecrets } from "./channel-secrets.ts"

/** Characters of a secret that may be shown, to tell one from another. */
const hintChars = 4

/** A channel as an administrator sees it. A row that cannot be read is shown with the reason, not hidden. */
export function channelView(vault: Vault, row: channels.ChannelRow): ChannelView {
  const { id, name, enabled, updatedAt } = row
  const { data, error } = channelConfig.safeParse(row.config)
  const secrets = readSecrets(vault, row.secrets)
  const { keys, headers, proxyLogin } = secrets ?? noSecrets
  const headerHints = Object.fromEntries(
    Object.entries(headers).map(([header, value]) => [header, hintOf(value)]),
  )
  const stored = { id, name, enabled, updatedAt, secretHints: keys.map(hintOf), headerHints }
  if (!data) return { ...stored, ...unreadable, broken: reasonOf(error) }
  const broken = secrets ? {} : { broken: cannotBeOpened }
  const login = proxyLogin && { login: hintOf(`${proxyLogin.username}:${proxyLogin.password}`) }
  return { ...stored, ...data, proxy: data.proxy && { ...data.proxy, ...login }, ...broken }
}

/** Short ones are hidden whole: four of their characters would give too much away. */
export const hintOf = (secret: string) =>
  secret.length > hintChars * 3 ? `…${secret.slice(-hintChars)}` : "…"

const unreadable = { ...channelDefaults, provider: "", baseUrl: "", models: [] }
