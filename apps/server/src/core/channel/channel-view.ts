import type { channels } from "@nio/db"
import { z } from "zod"
import { type ChannelView, channelConfig, channelDefaults } from "../../contract/index.ts"
import { reasonOf } from "../live/build-live.ts"

/** Characters of a secret that may be shown, to tell one from another. */
const hintChars = 4

const secretList = z.array(z.string()).catch([])
export const secretsOf = (row: channels.ChannelRow): string[] => secretList.parse(row.secrets)

/** A channel as an administrator sees it. A row that cannot be read is shown with the reason, not hidden. */
export function channelView(row: channels.ChannelRow): ChannelView {
  const { id, name, enabled, updatedAt } = row
  const { data, error } = channelConfig.safeParse(row.config)
  const secretHints = secretsOf(row).map(hint)
  const stored = { id, name, enabled, updatedAt, secretHints }
  if (data) return { ...stored, ...data }
  return { ...stored, ...unreadable, broken: reasonOf(error) }
}

/** Short ones are hidden whole: four of their characters would give too much away. */
const hint = (secret: string) =>
  secret.length > hintChars * 3 ? `…${secret.slice(-hintChars)}` : "…"

const unreadable = { ...channelDefaults, provider: "", baseUrl: "", models: [] }
