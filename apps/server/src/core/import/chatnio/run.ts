import type { Harvest, OldRow, OldTable } from "@nio/db"
import type { ImportKind, SkipReason } from "../../../contract/index.ts"
import type { Deps } from "../../deps.ts"
import type { OldCounter, OldSite } from "./old-site.ts"

/** What an import needs of the world here. */
export type ImportDeps = Pick<Deps, "db" | "bus" | "live" | "vault" | "providers" | "now" | "log">

/** What is told of one thing over there: a line of the report. */
export type ReportLine = {
  kind: ImportKind
  sourceId: string
  outcome: "added" | "skipped" | "changed"
  targetId: string | null
  /** Why it was skipped; empty when it was not. */
  reason: SkipReason | ""
  /** What came otherwise than it was, in a word each. */
  notes: readonly string[]
}

/** How far an import has come. */
export type Progress = { kind: ImportKind; done: number; of: number }

export type Listeners = {
  report: (line: ReportLine) => void
  progress: (progress: Progress) => Promise<void>
}

/** One import under way. */
export type Run = ImportDeps &
  OldSite & {
    /** Everybody who came, by their id there. */
    users: Map<string, string>
    /** Names, addresses and keys this run has given out, which a dry run does not find in the database. */
    given: Set<string>
    /** Counters of plans, by the old id of their owner. */
    counted: ReadonlyMap<string, readonly OldCounter[]>
    /** Whether one had to show there that mail arrives: a site without a mail server could not ask. */
    mailWasProven: boolean
    /** When the plans this run brought began, by their owner. */
    began: Map<string, number>
    /** Owns what has no owner here. */
    administrator: string
    tally: Tally
  }

/** Micropoints; `money` adds up to what the balances over there come to. */
export type Tally = {
  kinds: Map<ImportKind, KindTally>
  money: { debts: bigint; changed: bigint; left: bigint; taken: bigint }
}
export type KindTally = {
  there: number
  added: number
  skipped: number
  /** Came with an earlier import. */
  known: number
  changed: number
  reasons: Map<SkipReason, number>
}

/** What becomes of one row. `reason` says why it is skipped, and then `targetId` is null. */
export type Entry = {
  sourceId: string
  targetId: string | null
  reason: SkipReason | ""
  notes: string[]
}

export type Page = {
  harvest: Harvest
  entries: Entry[]
  /** Further changes in the same transaction, of what came before. */
  also?: (tx: Deps["db"]) => Promise<void>
  /** Those that an earlier import brought and this one changes. */
  changes?: Entry[]
}

/** A row that came with an earlier import; `targetId` is null when it was skipped then. */
export type KnownRow = OldRow & { targetId: string | null }

/** How one table of the original is taken over, page by page. */
export type Take = {
  kind: ImportKind
  table: OldTable
  columns: readonly string[]
  /** What the rows come to that are new. Reads, and changes nothing but what the run remembers. */
  plan(run: Run, rows: readonly OldRow[]): Promise<Page>
  /** Looks at rows that came with an earlier import. */
  again?(run: Run, rows: readonly KnownRow[]): Promise<Page>
}

export const added = (sourceId: string, targetId: string, notes: string[] = []): Entry => ({
  sourceId,
  targetId,
  reason: "",
  notes,
})
export const skipped = (sourceId: string, reason: Entry["reason"]): Entry => ({
  sourceId,
  targetId: null,
  reason,
  notes: [],
})

/** A row's own id; every table has one. */
export const idOf = (row: OldRow): string => row.id ?? ""
export const isSet = (value: string | null | undefined): boolean => value === "1"
