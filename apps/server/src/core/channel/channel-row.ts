import type { channels } from "@nio/db"
import { type ChannelConfig, type ChannelEdit, channelConfig } from "../../contract/index.ts"
import type { Vault } from "../deps.ts"
import { AppError } from "../error.ts"
import { reasonOf } from "../live/build-live.ts"
import { editSecrets, noSecrets, readSecrets, writeSecrets } from "./channel-secrets.ts"

type Stored = Pick<channels.ChannelRow, "name" | "enabled" | "config" | "secrets">

/** A channel with an edit applied, in the shape in which it is stored. */
export type EditedRow = Stored & { config: ChannelConfig }

export const blankRow: Stored = { name: "", enabled: false, config: {}, secrets: [] }

/** @throws AppError `input.invalid` when what comes of it cannot be used */
export function editRow(vault: Vault, before: Stored, edit: ChannelEdit): EditedRow {
  const { name = before.name, enabled = before.enabled, secrets, headers, proxy, ...changes } = edit
  const { data: config, error } = channelConfig.safeParse({
    ...(before.config as object),
    ...changes,
    ...(proxy !== undefined && { proxy: proxy && addressOf(proxy) }),
  })
  if (error) throw new AppError("input.invalid", { detail: reasonOf(error) })
  // Secrets we cannot open are not ours to throw away, until somebody gives new ones.
  const kept = readSecrets(vault, before.secrets)
  if (!kept && !secrets) return { name, enabled, config, secrets: before.secrets }
  const after = editSecrets(kept ?? noSecrets, {
    ...(secrets && { secrets }),
    ...(headers && { headers }),
    ...(proxy !== undefined && { proxy }),
  })
  return { name, enabled, config, secrets: writeSecrets(vault, after) }
}

const addressOf = ({ login: _, ...address }: NonNullable<ChannelEdit["proxy"]>) => address
