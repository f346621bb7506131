import type { Provider } from "@nio/adapters"
import { channels } from "@nio/db"
import type { ChannelConfig, ChannelDraft } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Reachable } from "../routing/upstream-of.ts"
import { blankRow, editRow } from "./channel-row.ts"
import { noSecrets, readSecrets } from "./channel-secrets.ts"

/** A channel that may not be saved, as far as one can talk to its upstream. */
export type DraftChannel = {
  provider: Provider
  channel: ChannelConfig & Reachable
  keys: readonly string[]
}

/** Models have to be named before a channel is saved, not before its upstream is asked. */
const someModel = ["model"]

/** @throws AppError `channel.not-found`, `input.invalid` */
export async function draftChannel(deps: Deps, { id, edit }: ChannelDraft): Promise<DraftChannel> {
  const stored = id === undefined ? blankRow : await channels.find(deps.db, id)
  if (!stored) throw new AppError("channel.not-found", { id: id ?? "" })
  const models = edit?.models?.length ? {} : id === undefined && { models: someModel }
  const { config, secrets } = editRow(deps.vault, stored, { ...edit, ...models })
  const provider = deps.providers.get(config.provider)
  if (!provider) throw new AppError("input.invalid", { detail: "this channel is not complete" })
  const { keys, headers, proxyLogin } = readSecrets(deps.vault, secrets) ?? noSecrets
  const channel = { ...config, id: id ?? "new", headers, ...(proxyLogin && { proxyLogin }) }
  return { provider, channel, keys }
}
