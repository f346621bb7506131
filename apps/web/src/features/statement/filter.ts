import type { StatementFilter } from "@nio/server/contract"
import { useState } from "react"

export const spans = ["7", "30", "90", "365"] as const
export type Span = (typeof spans)[number]
export const kinds = ["all", "answer", "credit", "debit"] as const
export type Kind = (typeof kinds)[number]

const dayMs = 86_400_000

/** What is chosen to be shown, and the same as the server wants it. */
export function useFilter() {
  const [span, setSpan] = useState<Span>("30")
  const [kind, setKind] = useState<Kind>("all")
  const [model, setModel] = useState("")
  const [keyId, setKeyId] = useState("")
  const [opened] = useState(Date.now)
  const until = Math.ceil((opened + dayMs) / dayMs) * dayMs
  const filter: StatementFilter = {
    from: until - (Number(span) + 1) * dayMs,
    until,
    ...(kind !== "all" && { kind }),
    ...(model && { model }),
    ...(keyId && { keyId }),
  }
  return { span, setSpan, kind, setKind, model, setModel, keyId, setKeyId, filter }
}
export type Filter = ReturnType<typeof useFilter>

/** The same as a file, to be downloaded. */
export function fileOf(path: string, filter: StatementFilter & { userId?: string }): string {
  const entries = Object.entries(filter).map(([key, value]) => [key, String(value)])
  return `${path}?${new URLSearchParams(entries)}`
}
