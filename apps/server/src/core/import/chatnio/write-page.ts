import { imports } from "@nio/db"
import { type ImportKind, type SkipReason, skipReasons } from "../../../contract/index.ts"
import type { Entry, KindTally, Listeners, Page, Run } from "./run.ts"

export type Mode = { dry: boolean; listeners: Listeners }

/** A page and the record of it, in one transaction: after a crash neither is there without the other. */
export async function writePage(run: Run, kind: ImportKind, page: Page, mode: Mode): Promise<void> {
  if (!mode.dry) await store(run, kind, page)
  const tally = tallyOf(run, kind)
  for (const entry of page.entries) {
    if (entry.targetId === null) skip(tally, entry.reason)
    else tally.added++
    tell(kind, entry.targetId === null ? "skipped" : "added", entry, mode)
  }
  for (const entry of page.changes ?? []) {
    tally.changed++
    tell(kind, "changed", entry, mode)
  }
}

async function store(run: Run, kind: string, { harvest, entries, also, changes }: Page) {
  if (entries.length === 0 && !changes?.length && !also) return
  const imported = entries.map(({ sourceId, targetId, reason }) => ({
    ...{ source: run.source, kind, sourceId, targetId, reason, at: run.now() },
  }))
  await run.db.transaction(async (tx) => {
    await imports.insertHarvest(tx, { ...harvest, imported })
    await also?.(tx)
  })
}

const tell = (
  kind: ImportKind,
  outcome: "added" | "skipped" | "changed",
  { sourceId, targetId, reason, notes }: Entry,
  { listeners }: Mode,
) => listeners.report({ kind, sourceId, outcome, targetId, reason, notes })

export function skip(tally: KindTally, text: string): void {
  tally.skipped++
  const reason = skipReasons.find((one) => one === text)
  if (!reason) return
  tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1)
}

export function tallyOf({ tally: { kinds } }: Run, kind: ImportKind): KindTally {
  const known = kinds.get(kind)
  if (known) return known
  const counts = { there: 0, added: 0, skipped: 0, known: 0, changed: 0 }
  const fresh = { ...counts, reasons: new Map<SkipReason, number>() }
  kinds.set(kind, fresh)
  return fresh
}
