import { z } from "zod"
import {
  channelCost,
  channelHeaders,
  channelHeadersEdit,
  proxyAddress,
  proxyInput,
  proxyLogin,
} from "./channel-outbound.ts"
import { entityId } from "./id.ts"
import { modelName } from "./model-name.ts"

export { modelName }

/** `alias>actual`; with a leading `!`, `actual` is no longer offered under its own name by this channel. */
export const mappingLine = z.string().regex(/^!?[^>\s][^>]*>[^>\s][^>]*$/)

/**
 * No `.default()` here: in zod 4 a default survives `.partial()`, and an edit of one field would
 * reset the others. Defaults stand apart, below.
 */
const fields = z.object({
  provider: z.string().min(1).max(64),
  baseUrl: z.url({ protocol: /^(?:http|ws)s?$/ }).max(512),
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
  proxy: proxyAddress.nullable(),
  /** How long a connection may take to be made. */
  connectSeconds: z.int().min(1).max(120),
  /** How long to wait for the first byte of an answer. */
  firstByteSeconds: z.int().min(1).max(1_800),
  /** How long an answer may fall silent once it has begun. */
  idleSeconds: z.int().min(1).max(1_800),
  /** How long a whole answer may take, within what the server allows. */
  totalSeconds: z.int().min(1).max(7_200),
  costs: z.array(channelCost).max(2_000),
})

/** What a new channel starts with, and what rows from before a field existed are read as. */
export const channelDefaults = {
  mapping: [],
  groups: [],
  priority: 0,
  weight: 1,
  tries: 1,
  proxy: null,
  connectSeconds: 10,
  firstByteSeconds: 120,
  idleSeconds: 120,
  totalSeconds: 1_800,
  costs: [],
}

/** A channel's configuration as stored, without its name, state and secrets. */
export const channelConfig = z.preprocess(
  (stored) => ({ ...channelDefaults, ...(stored as object) }),
  fields,
)
export type ChannelConfig = z.infer<typeof channelConfig>

const channelName = z.string().trim().min(1).max(64)
const secrets = z.array(z.string().trim().min(1).max(8_192)).max(500)

/** Everything of a channel that goes in and never comes out, as stored. */
export const channelSecrets = z.object({
  keys: z.array(z.string()),
  proxyLogin: proxyLogin.optional(),
  headers: z.record(z.string(), z.string()).default({}),
})
export type ChannelSecrets = z.infer<typeof channelSecrets>

export const channelCreate = fields
  .extend({
    name: channelName,
    enabled: z.boolean(),
    secrets: secrets.min(1),
    proxy: proxyInput.nullable(),
    headers: channelHeaders,
  })
  .partial({
    proxy: true,
    headers: true,
    connectSeconds: true,
    idleSeconds: true,
    totalSeconds: true,
    costs: true,
  })
export type ChannelCreate = z.infer<typeof channelCreate>

/** An edit: what is left out stays. So a masked secret is never saved. */
export const channelEdit = channelCreate.extend({ headers: channelHeadersEdit }).partial()
export type ChannelEdit = z.infer<typeof channelEdit>

/** At most so many channels in one go. */
const manyMax = 2_000
export const channelIds = z.array(entityId).min(1).max(manyMax)

/** What may be set for many channels at once. */
export const channelBulkEdit = fields
  .pick({ priority: true, weight: true, groups: true })
  .extend({ enabled: z.boolean() })
  .partial()
export type ChannelBulkEdit = z.infer<typeof channelBulkEdit>

/** A channel in a file. Without `secrets` it is taken over switched off. */
const portableChannel = channelCreate.extend({ secrets }).partial({
  mapping: true,
  groups: true,
  priority: true,
  weight: true,
  tries: true,
  firstByteSeconds: true,
  secrets: true,
})

/** What an export is and an import takes. */
export const channelFile = z.object({
  version: z.literal(1),
  channels: z.array(portableChannel).min(1).max(manyMax),
})
export type ChannelFile = z.infer<typeof channelFile>

/** A channel as an administrator sees it: secrets as hints (`…efgh`), never themselves. */
export type ChannelView = Omit<ChannelConfig, "proxy"> & {
  id: string
  name: string
  enabled: boolean
  secretHints: string[]
  /** `login` hints at the proxy's name and password, when it has them. */
  proxy: (z.infer<typeof proxyAddress> & { login?: string }) | null
  /** The channel's own headers, each value as a hint. */
  headerHints: Record<string, string>
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
  /** Whether its models can be asked for. */
  listsModels: boolean
  /** The service has ended or is about to. */
  deprecated: boolean
}
