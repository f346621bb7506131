import { imports, type OldRow } from "@nio/db"
import type { ImportKind } from "../../../contract/index.ts"
import type { OldCounter } from "./old-site.ts"
import { idOf, type KnownRow, type Run, type Take } from "./run.ts"
import { counterIdOf, counterKind, planCounters } from "./take-counters.ts"
import { type Mode, skip, tallyOf, writePage } from "./write-page.ts"

/** Rows per transaction. */
const pageRows = 200

/** Takes over a whole table, from its first row: what came before is recognised and only looked at. */
export async function takeTable(run: Run, take: Take, mode: Mode): Promise<void> {
  const { kind, table, columns } = take
  const tally = tallyOf(run, kind)
  tally.there = await run.database.count(table)
  let after = "0"
  for (let done = 0; ; ) {
    await mode.listeners.progress({ kind, done, of: tally.there })
    const rows = await run.database.page(table, columns, after, pageRows)
    if (rows.length === 0) return
    after = idOf(rows.at(-1)!)
    done += rows.length
    const { fresh, known } = await apart(run, kind, rows)
    if (known.length > 0 && take.again)
      await writePage(run, kind, await take.again(run, known), mode)
    if (fresh.length > 0) await writePage(run, kind, await take.plan(run, fresh), mode)
  }
}

async function apart(run: Run, kind: ImportKind, rows: readonly OldRow[]) {
  const came = await cameBefore(run, kind, rows.map(idOf))
  const known: KnownRow[] = rows.flatMap((row) => {
    const targetId = came.get(idOf(row))
    return targetId === undefined ? [] : [{ ...row, targetId } as KnownRow]
  })
  return { known, fresh: rows.filter((row) => !came.has(idOf(row))) }
}

/** What became of these with an earlier import, which is counted. */
async function cameBefore(run: Run, kind: ImportKind, ids: readonly string[]) {
  const tally = tallyOf(run, kind)
  const found = await imports.findImported(run.db, { source: run.source, kind }, ids)
  for (const { targetId, reason } of found) {
    if (targetId === null) skip(tally, reason)
    else tally.known++
  }
  return new Map(found.map(({ sourceId, targetId }) => [sourceId, targetId]))
}

/** The counters of plans, which are in no table over there. */
export async function takeCounters(run: Run, mode: Mode): Promise<void> {
  const all: readonly OldCounter[] = [...run.counted.values()].flat()
  tallyOf(run, counterKind).there = all.length
  for (let at = 0; at < all.length; at += pageRows) {
    await mode.listeners.progress({ kind: counterKind, done: at, of: all.length })
    const part = all.slice(at, at + pageRows)
    const came = await cameBefore(run, counterKind, part.map(counterIdOf))
    const fresh = part.filter((counter) => !came.has(counterIdOf(counter)))
    if (fresh.length > 0) await writePage(run, counterKind, await planCounters(run, fresh), mode)
  }
}
