import { z } from "zod"

/** One blank at a time may stand inside; control characters nowhere. */
export const modelName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\s]+(?: [^\p{Cc}\s]+)*$/u, "no control characters or outer blanks")

/** `alias>actual`; with a leading `!`, `actual` is no longer offered under its own name by this channel. */
export const mappingLine = z.string().regex(/^!?[^>\s][^>]*>[^>\s][^>]*$/)

/**
 * No `.default()` here: in zod 4 a default survives `.partial()`, and an edit of one field would
 * reset the others. Defaults stand apart, below.
 */
const fields = z.object({
  provider: z.string().min(1).max(64),
  baseUrl: z.url({ protocol: /^https?$/ }).max(512),
  models: z.array(modelName).min(1).max(2_000),
  mapping: z.array(mappingLine).max(2_000),
  /** Empty means every group. */
  groups: z.array(z.string().min(1).max(16)).max(16),
  /** Higher is tried first. */
  priority: z.int().min(-1_000).max(1_000),
  /** Share of the draw among channels of one priority. */
  weight: z.int().min(1).max(1_000),
  /** Attempts per request; 1 means no retry. */
  tries: z.int().min(1).max(10),
  /** How long to wait for the first byte of an answer. */
  firstByteSeconds: z.int().min(1).max(1_800),
})

/** What a new channel starts with, and what rows from before a field existed are read as. */
export const channelDefaults = {
  mapping: [],
  groups: [],
  priority: 0,
  weight: 1,
  tries: 1,
  firstByteSeconds: 120,
}

/** A channel's configuration as stored, without its name, state and secrets. */
export const channelConfig = z.preprocess(
  (stored) => ({ ...channelDefaults, ...(stored as object) }),
  fields,
)
export type ChannelConfig = z.infer<typeof channelConfig>

const secrets = z.array(z.string().trim().min(1).max(8_192)).min(1).max(500)

export const channelCreate = fields.extend({
  name: z.string().trim().min(1).max(64),
  enabled: z.boolean(),
  secrets,
})
export type ChannelCreate = z.infer<typeof channelCreate>

/** An edit: what is left out stays. So a masked secret is never saved. */
export const channelEdit = channelCreate.partial()
export type ChannelEdit = z.infer<typeof channelEdit>

/** A channel as an administrator sees it: secrets as hints (`…efgh`), never themselves. */
export type ChannelView = ChannelConfig & {
  id: string
  name: string
  enabled: boolean
  secretHints: string[]
  /** Why the stored row cannot be used, when it cannot. */
  broken?: string
  updatedAt: number
}

/** A provider as the form offers it. */
export type ProviderView = {
  id: string
  name: string
  baseUrl: string
  keyFormat: string
  models: readonly string[]
}

export type ChannelTest =
  | { ok: true; ms: number; text: string }
  | { ok: false; ms: number; kind: string; message: string }
