import { z } from "zod"
import { channelEdit, channelIds } from "./channel.ts"
import { entityId } from "./id.ts"
import { modelName } from "./model-name.ts"

export type ChannelTest =
  | { ok: true; ms: number; text: string }
  | { ok: false; ms: number; kind: string; message: string }

/** All models of the channels, or those named. */
export const channelTestPlan = z.object({
  ids: channelIds,
  models: z.array(modelName).min(1).max(2_000).optional(),
})
export type ChannelTestPlan = z.infer<typeof channelTestPlan>

/** How far a round of tests is. Asked for again until `done`. */
export type ChannelTestRound = {
  total: number
  done: boolean
  results: { channelId: string; model: string; test: ChannelTest }[]
}

/** A stored channel, a form not yet saved, or a stored channel with the form's changes over it. */
export const channelDraft = z.object({ id: entityId.optional(), edit: channelEdit.optional() })
export type ChannelDraft = z.infer<typeof channelDraft>

/** What the upstream says it has. */
export type FetchedModels =
  | { ok: true; models: string[] }
  | { ok: false; kind: string; message: string }

/**
 * Why somebody sits out, in the words of the upstream's errors. `auth` lasts until somebody acts,
 * the others until a time.
 */
export type RestReason =
  | "auth"
  | "quota"
  | "rate-limit"
  | "model-missing"
  | "overloaded"
  | "timeout"
  | "network"
  | "bad-response"

/** What sits out: the channel, or of it a key, a model, or a key for a model. */
export type RestView = {
  keyId?: string
  /** The upstream's own name. */
  model?: string
  reason: RestReason
  /** The upstream's words, with keys and addresses hidden. */
  message: string
  /** Epoch milliseconds, as is `until`; null: until somebody acts. */
  since: number
  until: number | null
  /** The time is over, and one request is finding out. */
  probing: boolean
}

/** How a channel is: well when nothing of it rests. `keys` are in the order of `secretHints`. */
export type ChannelHealth = {
  id: string
  keys: { id: string; hint: string }[]
  rests: RestView[]
}

/** Puts back in use: everything of the channel, or what is named. */
export const channelRestore = z.object({
  id: entityId,
  keyId: z.string().max(64).optional(),
  model: modelName.optional(),
})
export type ChannelRestore = z.infer<typeof channelRestore>
