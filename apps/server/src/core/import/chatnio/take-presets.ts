import { type Harvest, taken } from "@nio/db"
import { importedId } from "./imported-id.ts"
import { instantOf } from "./local-time.ts"
import { messagesOf } from "./messages-of.ts"
import { added, type Entry, idOf, skipped, type Take } from "./run.ts"

/** Masks, as presets, with the numbers programs know them by. */
export const takePresets: Take = {
  kind: "preset",
  table: "mask",
  columns: ["user_id", "avatar", "name", "description", "context", "created_at"],
  async plan(run, rows) {
    const users = rows.flatMap((row) => run.users.get(row.user_id ?? "") ?? [])
    const numbers = rows.map((row) => Number(row.id))
    const known = await taken.numbers(run.db, "presets", users, numbers)
    const presets: NonNullable<Harvest["presets"]> = []
    const entries: Entry[] = []
    for (const row of rows) {
      const userId = run.users.get(row.user_id ?? "")
      const read = messagesOf(row.context)
      const reason = !userId
        ? "owner-unknown"
        : !read
          ? "unreadable"
          : known.has(`${userId}:${row.id}`)
            ? "number-taken"
            : ""
      if (reason || !userId || !read) {
        entries.push(skipped(idOf(row), reason))
        continue
      }
      const createdAt = instantOf(row.created_at, run.zone) ?? run.now()
      const id = importedId(createdAt, run.source, "preset", idOf(row))
      presets.push({
        ...{ id, userId, number: Number(row.id), name: row.name ?? "", avatar: row.avatar ?? "" },
        description: row.description ?? "",
        messages: read.messages.map(({ role, text }) => ({ role, text })),
        ...{ createdAt, updatedAt: createdAt },
      })
      entries.push(added(idOf(row), id))
    }
    return { harvest: { presets }, entries }
  },
}
