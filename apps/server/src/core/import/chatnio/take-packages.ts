import { type Harvest, taken } from "@nio/db"
import { importedId } from "./imported-id.ts"
import { added, type Entry, idOf, skipped, type Take } from "./run.ts"

const typeCharsMax = 64

/** What the vendor's own site gave once to each person, kept as gifts they have had. */
export const takePackages: Take = {
  kind: "package",
  table: "package",
  columns: ["user_id", "type"],
  async plan(run, rows) {
    const owners = rows.flatMap((row) => run.users.get(row.user_id ?? "") ?? [])
    const known = await taken.gifts(run.db, owners)
    const giftClaims: NonNullable<Harvest["giftClaims"]> = []
    const entries: Entry[] = []
    for (const row of rows) {
      const userId = run.users.get(row.user_id ?? "")
      const type = (row.type ?? "").trim().toLowerCase().slice(0, typeCharsMax)
      const had = known.has(`${userId}:${type}`)
      if (!userId || !type || had) {
        const reason = !userId ? "owner-unknown" : had ? "gift-taken" : "gift-untyped"
        entries.push(skipped(idOf(row), reason))
        continue
      }
      known.add(`${userId}:${type}`)
      const codeId = importedId(0, run.source, "package", idOf(row))
      giftClaims.push({ userId, type, codeId })
      entries.push(added(idOf(row), codeId))
    }
    return { harvest: { giftClaims }, entries }
  },
}
