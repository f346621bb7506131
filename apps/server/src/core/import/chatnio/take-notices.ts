import type { Harvest } from "@nio/db"
import { importedId } from "./imported-id.ts"
import { instantOf } from "./local-time.ts"
import { added, type Entry, idOf, skipped, type Take } from "./run.ts"

/** What the operator told everybody. */
export const takeNotices: Take = {
  kind: "notice",
  table: "broadcast",
  columns: ["poster_id", "content", "created_at"],
  async plan(run, rows) {
    const notices: NonNullable<Harvest["notices"]> = []
    const entries: Entry[] = []
    for (const row of rows) {
      const text = row.content ?? ""
      if (!text.trim()) {
        entries.push(skipped(idOf(row), "empty"))
        continue
      }
      const authorId = run.users.get(row.poster_id ?? "") ?? run.administrator
      const createdAt = instantOf(row.created_at, run.zone) ?? run.now()
      const id = importedId(createdAt, run.source, "notice", idOf(row))
      notices.push({ id, authorId, text, createdAt })
      entries.push(added(idOf(row), id))
    }
    return { harvest: { notices }, entries }
  },
}
