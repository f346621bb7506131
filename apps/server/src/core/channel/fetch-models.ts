import { UpstreamError } from "@nio/adapters"
import type { ChannelDraft, FetchedModels } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { upstreamOf } from "../routing/upstream-of.ts"
import { draftChannel } from "./draft-channel.ts"

const listMsMax = 20_000

/**
 * Asks the upstream which models it has, with the first key.
 * @throws AppError `channel.not-found`, `input.invalid` also when this provider has no list
 */
export async function fetchModels(
  deps: Deps,
  actor: Actor,
  draft: ChannelDraft,
): Promise<FetchedModels> {
  requireAdmin(actor)
  const { provider, channel, keys } = await draftChannel(deps, draft)
  if (!provider.listModels)
    throw new AppError("input.invalid", { detail: `${provider.name} has no list of models` })
  const { signal } = new AbortController()
  const limits = { firstByteMs: listMsMax, idleMs: listMsMax, totalMs: listMsMax }
  const upstream = upstreamOf(deps, { channel, key: { secret: keys[0] ?? "" } }, signal, limits)
  try {
    return { ok: true, models: await provider.listModels(upstream) }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { ok: false, kind: error.kind, message: error.message }
  }
}
