import { taken } from "@nio/db"
import { hashOf } from "../../identity/token.ts"
import { importedId } from "./imported-id.ts"
import { instantOf } from "./local-time.ts"
import { added, type Entry, idOf, skipped, type Take } from "./run.ts"

const keyName = "Chat Nio"
const hintChars = 4

/** API keys, which stay valid: only a hash of each is kept. */
export const takeKeys: Take = {
  kind: "key",
  table: "apikey",
  columns: ["user_id", "api_key", "created_at"],
  async plan(run, rows) {
    const hashes = new Map(rows.map((row) => [row, hashOf((row.api_key ?? "").trim())]))
    const known = await taken.keyHashes(run.db, [...hashes.values()])
    const apiKeys = []
    const entries: Entry[] = []
    for (const [row, hash] of hashes) {
      const userId = run.users.get(row.user_id ?? "")
      const key = (row.api_key ?? "").trim()
      const reason = !userId
        ? "owner-unknown"
        : !key
          ? "key-empty"
          : known.has(hash)
            ? "key-taken"
            : ""
      if (reason || !userId) {
        entries.push(skipped(idOf(row), reason))
        continue
      }
      known.add(hash)
      const createdAt = instantOf(row.created_at, run.zone) ?? run.now()
      const id = importedId(createdAt, run.source, "key", idOf(row))
      apiKeys.push({
        ...{ id, userId, name: keyName, hash, hint: key.slice(-hintChars), createdAt },
        ...{ revokedAt: null, limits: null, spendCap: null, spent: 0, lastUsedAt: null },
      })
      entries.push(added(idOf(row), id))
    }
    return { harvest: { apiKeys }, entries }
  },
}
