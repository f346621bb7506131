import type { ApiKeyTerms, KeyGroup } from "@nio/server/contract"
import { toMicropoints, toPoints } from "@nio/server/contract/micropoints"

/** A key's terms as the form holds them: empty means without that limit. */
export type KeyValues = {
  name: string
  models: string[]
  groups: KeyGroup[]
  addresses: string
  /** As `datetime-local` has it, by the reader's clock. */
  expires: string
  cap: string
  requestsPerMinute: string
  tokensPerMinute: string
  concurrency: string
}

export const emptyValues: KeyValues = {
  name: "",
  models: [],
  groups: [],
  addresses: "",
  expires: "",
  cap: "",
  requestsPerMinute: "",
  tokensPerMinute: "",
  concurrency: "",
}

/** The bounds of the server's contract. */
export const numbers = [
  { name: "requestsPerMinute", max: 1_000_000 },
  { name: "tokensPerMinute", max: 1_000_000_000 },
  { name: "concurrency", max: 10_000 },
] as const

export function valuesOf({ name, limits, spendCap }: ApiKeyTerms): KeyValues {
  return {
    name,
    models: limits.models,
    groups: limits.groups,
    addresses: limits.addresses.join("\n"),
    expires: limits.expiresAt === null ? "" : localTime(limits.expiresAt),
    cap: spendCap === null ? "" : String(toPoints(spendCap)),
    requestsPerMinute: textOf(limits.requestsPerMinute),
    tokensPerMinute: textOf(limits.tokensPerMinute),
    concurrency: textOf(limits.concurrency),
  }
}

export function termsOf(values: KeyValues): ApiKeyTerms {
  return {
    name: values.name.trim(),
    limits: {
      models: values.models,
      groups: values.groups,
      addresses: addressesOf(values.addresses),
      expiresAt: values.expires === "" ? null : new Date(values.expires).getTime(),
      requestsPerMinute: numberOf(values.requestsPerMinute),
      tokensPerMinute: numberOf(values.tokensPerMinute),
      concurrency: numberOf(values.concurrency),
    },
    spendCap: values.cap.trim() === "" ? null : toMicropoints(pointsOf(values.cap) ?? 0),
  }
}

/** One a line, or parted by commas or blanks. Each one once. */
const addressesOf = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter(Boolean))]

const pointsMax = 1_000_000_000

/** Points as typed, with at most six decimals. @returns undefined for anything else */
export function pointsOf(text: string): number | undefined {
  const typed = text.trim().replace(",", ".")
  if (!/^\d+(?:\.\d{1,6})?$/.test(typed)) return undefined
  const points = Number(typed)
  return points <= pointsMax ? points : undefined
}

const textOf = (limit: number | null) => (limit === null ? "" : String(limit))
const numberOf = (text: string) => (text.trim() === "" ? null : Number(text))

/** `2026-01-31T09:30` by the reader's clock. */
function localTime(ms: number): string {
  const behind = new Date(ms).getTimezoneOffset() * 60_000
  return new Date(ms - behind).toISOString().slice(0, 16)
}
