import { type Db, statement } from "@nio/db"
import {
  type SiteStatementFilter,
  type StatementEntry,
  type StatementFilter,
  toPoints,
} from "../../contract/index.ts"
import { type Actor, requireActive, requireAdmin } from "../actor.ts"
import { csvLine } from "../csv.ts"
import type { Deps } from "../deps.ts"
import { entryOf, siteEntryOf, userOf } from "./entry.ts"
import { formulaText } from "./formula-text.ts"
import { type Movement, readMovements } from "./movement.ts"

/** Lines in memory at a time, however long the file gets. */
const pageLines = 500

type Cells = readonly (string | number)[]

/** The actor's own statement as the text of a CSV file, a page at a time. */
export function exportStatement(deps: Deps, actor: Actor, filter: StatementFilter) {
  const { userId } = requireActive(actor)
  const cells = async (page: readonly Movement[]) => page.map((one) => cellsOf(entryOf(one)))
  return csvOf(deps, { ...filter, userId }, { heads, cells })
}

/** The same of anybody, or of everybody, with what is the operator's to know. */
export function exportSiteStatement(deps: Deps, actor: Actor, filter: SiteStatementFilter) {
  requireAdmin(actor)
  return csvOf(deps, filter, { heads: [...heads, ...siteHeads], cells: siteCells(deps.db) })
}

type Columns = {
  heads: readonly string[]
  cells: (page: readonly Movement[]) => Promise<Cells[]>
}

async function* csvOf(deps: Deps, filter: SiteStatementFilter, { heads, cells }: Columns) {
  // By the mark in front, spreadsheets know that the text is UTF-8.
  yield `\uFEFF${csvLine(heads)}\r\n`
  let before: statement.Place | undefined
  while (true) {
    const page = await readMovements(deps, filter, { limit: pageLines, before })
    if (page.length > 0) yield `${(await cells(page)).map(csvLine).join("\r\n")}\r\n`
    if (page.length < pageLines) return
    before = page.at(-1)
  }
}

const heads = [
  ...["time", "kind", "cause", "points", "reason", "model", "key", "outcome", "counted_by"],
  ...["input_tokens", "cached_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens"],
  ...["audio_tokens", "images", "seconds", "formula", "written_off", "plan_item", "id"],
]
const siteHeads = ["user", "user_id", "channel", "cost", "margin"]

const cellsOf = ({ answer, ...entry }: StatementEntry): Cells => [
  new Date(entry.at).toISOString(),
  entry.kind,
  entry.cause,
  toPoints(entry.points),
  entry.reason,
  answer?.model ?? "",
  answer?.key?.name ?? "",
  answer?.outcome ?? "",
  answer?.usageFrom ?? "",
  answer?.inputTokens ?? "",
  answer?.cachedTokens ?? "",
  answer?.cacheWriteTokens ?? "",
  answer?.outputTokens ?? "",
  answer?.reasoningTokens ?? "",
  answer?.audioTokens ?? "",
  answer?.images ?? "",
  answer?.seconds ?? "",
  answer?.formula ? formulaText(answer.formula) : "",
  answer ? toPoints(answer.writtenOff) : "",
  answer?.planItem ?? "",
  entry.id,
]

const siteCells = (db: Db) => async (page: readonly Movement[]) => {
  const names = await statement.namesOf(db, [...new Set(page.map(userOf))])
  return page.map((one) => {
    const { user, channel, cost, margin, ...entry } = siteEntryOf(one, names)
    const money = [toPoints(cost), toPoints(margin)]
    return [...cellsOf(entry), user.name, user.id, channel ?? "", ...money]
  })
}
