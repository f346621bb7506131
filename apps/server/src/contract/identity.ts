import { z } from "zod"
import { modelName } from "./channel.ts"
import { factorProof } from "./factor.ts"
import { entityId } from "./id.ts"
import type { Micropoints } from "./micropoints.ts"

/** A name as somebody types it to sign in. Who may have which name is not judged here. */
const signInName = z.string().trim().min(1).max(255)
/** Longer ones only cost the server time. */
export const passwordText = z.string().min(1).max(1_024)

/** Characters a new password has at least. */
export const passwordCharsMin = 8

export const signIn = z.object({ name: signInName, password: passwordText })

/** Who is signed in proves again that it is them: by their password, or by what they have beside it. */
export const prove = z.union([z.object({ password: passwordText }), factorProof])
export type Proof = z.infer<typeof prove>

/** `current` may be left out while the first password is still in place. */
export const changePassword = z.object({
  current: passwordText.optional(),
  next: passwordText,
  revokeKeys: z.boolean().optional(),
})

const apiKeyName = z.string().trim().min(1).max(64)

/** The groups a key may be kept to, lowest first: its owner's own, or one below it. */
export const keyGroups = ["normal", "basic", "standard", "pro", "admin"] as const
export type KeyGroup = (typeof keyGroups)[number]

/** One address, or a range as `203.0.113.0/24` or `2001:db8::/32`. */
const addressRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

const perMinute = (max: number) => z.int().min(1).max(max).nullable()

/** What a key may do. An empty list or null means that nothing is limited. */
const limitFields = z.object({
  models: z.array(modelName).max(500),
  groups: z.array(z.enum(keyGroups)).max(keyGroups.length),
  /** Where it may be used from. */
  addresses: z.array(addressRange).max(100),
  /** Epoch milliseconds. */
  expiresAt: z.int().min(0).nullable(),
  requestsPerMinute: perMinute(1_000_000),
  /** Tokens in and out. */
  tokensPerMinute: perMinute(1_000_000_000),
  /** Requests under way at the same time. */
  concurrency: perMinute(10_000),
})

/** Apart from the schema, so that the browser need not load it. */
export const noLimits: ApiKeyLimits = {
  models: [],
  groups: [],
  addresses: [],
  expiresAt: null,
  requestsPerMinute: null,
  tokensPerMinute: null,
  concurrency: null,
}

/** Limits as stored; rows from before a field existed are read as without that limit. */
export const apiKeyLimits = z.preprocess(
  (stored) => ({ ...noLimits, ...(stored as object | null) }),
  limitFields,
)
export type ApiKeyLimits = z.infer<typeof limitFields>

/** Everything about a key but its secret. `spendCap` is what it may spend in all, in micropoints. */
export const apiKeyTerms = z.object({
  name: apiKeyName,
  limits: limitFields,
  spendCap: z.int().min(0).max(1_000_000_000_000_000).nullable(),
})
export type ApiKeyTerms = z.infer<typeof apiKeyTerms>

/** A key as its owner sees it afterwards: `hint` is its last four characters. */
export type ApiKeyView = ApiKeyTerms & {
  id: string
  hint: string
  createdAt: number
  lastUsedAt: number | null
  /** Micropoints: with a cap, what counts towards it; else what was charged in the last 30 days. */
  spent: Micropoints
}

/** The only time the key itself is shown. */
export type ApiKeyCreated = { id: string; key: string }

/** How a key's use is told: by day and by model, the newest day first. */
export const apiKeyUsageInput = z.object({
  id: entityId,
  days: z.int().min(1).max(90),
  /** Minutes the reader's clock is ahead of UTC, by which days begin. */
  utcOffset: z.int().min(-900).max(900),
})

/** `day` is its date as `2026-01-31`. Tokens are what went in and came out. */
export type ApiKeyUsage = {
  byDay: (Used & { day: string })[]
  byModel: (Used & { model: string })[]
}
type Used = { requests: number; tokens: number; charge: Micropoints }
