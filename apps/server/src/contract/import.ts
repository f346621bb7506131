import { z } from "zod"
import type { Micropoints } from "./micropoints.ts"

/** Why something of another installation does not come along. */
export const skipReasons = [
  "owner-unknown",
  "key-empty",
  "key-taken",
  "too-large",
  "plan-endless",
  "plan-level",
  "plan-taken",
  "plan-none",
  "plan-unsaleable",
  "level-taken",
  "month-over",
  "counter-taken",
  "code-empty",
  "code-taken",
  "code-worthless",
  "unreadable",
  "empty",
  "share-taken",
  "conversation-unknown",
  "messages-unknown",
  "number-taken",
  "gift-taken",
  "gift-untyped",
  "model-unnamed",
  "model-taken",
  "setting-unknown",
  "setting-invalid",
  "setting-taken",
] as const
export type SkipReason = (typeof skipReasons)[number]

/** What is taken over, in this order. */
export const importKinds = [
  "user",
  "channel",
  "price",
  "plan",
  "market",
  "setting",
  "quota",
  "key",
  "subscription",
  "counter",
  "gift",
  "redeem",
  "package",
  "conversation",
  "share",
  "preset",
  "notice",
] as const
export type ImportKind = (typeof importKinds)[number]

/** The time zone of the server that is taken over, whose times are written without one. */
export const importInput = z.object({
  zone: z.string().refine(isZone, "not the name of a time zone"),
})

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}

/** What came, or would come, of one kind. */
export type ImportedKind = {
  kind: ImportKind
  added: number
  skipped: number
  reasons: { reason: SkipReason; times: number }[]
}

export type ImportPreview =
  | { state: "running" | "failed" }
  | { state: "ready"; kinds: ImportedKind[]; debts: Micropoints; agrees: boolean }

/** A Chat Nio installation in this server's own database, and how far its import is. */
export type ImportStatus = {
  /** How many rows its tables have. */
  tables: { table: string; rows: number }[]
  /** Whether its `config.yaml` is there too. */
  hasConfig: boolean
  /** `elsewhere`: on the command line. */
  state: "none" | "running" | "elsewhere" | "done" | "disagrees"
  /** Told of the last try, when it was cut off. */
  failed: boolean
  progress: { kind: ImportKind; done: number; of: number } | null
  kinds: ImportedKind[]
  preview: ImportPreview | null
}
