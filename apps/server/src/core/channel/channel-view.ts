import type { channels } from "@nio/db"
import { type ChannelView, channelConfig, channelDefaults } from "../../contract/index.ts"
import { reasonOf } from "../live/build-live.ts"
import { readSecrets } from "./channel-secrets.ts"

/** Characters of a secret that may be shown, to tell one from another. */
const hintChars = 4

/** A channel as an administrator sees it. A row that cannot be read is shown with the reason, not hidden. */
export function channelView(row: channels.ChannelRow): ChannelView {
  const { id, name, enabled, updatedAt } = row
  const { data, error } = channelConfig.safeParse(row.config)
  const { keys, headers, proxyLogin } = readSecrets(row.secrets)
  const headerHints = Object.fromEntries(
    Object.entries(headers).map(([header, value]) => [header, hintOf(value)]),
  )
  const stored = { id, name, enabled, updatedAt, secretHints: keys.map(hintOf), headerHints }
  if (!data) return { ...stored, ...unreadable, broken: reasonOf(error) }
  const login = proxyLogin && { login: hintOf(`${proxyLogin.username}:${proxyLogin.password}`) }
  return { ...stored, ...data, proxy: data.proxy && { ...data.proxy, ...login } }
}

/** Short ones are hidden whole: four of their characters would give too much away. */
export const hintOf = (secret: string) =>
  secret.length > hintChars * 3 ? `…${secret.slice(-hintChars)}` : "…"

const unreadable = { ...channelDefaults, provider: "", baseUrl: "", models: [] }
