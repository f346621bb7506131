import type { Db, SqlValue } from "@nio/db"
import { hourColumns, newAnswers, transferColumns, usageColumns } from "./answers.ts"
import { idOf, keyIdOf } from "./ids.ts"
import { deferIndexes } from "./indexes.ts"

export type SeedSize = {
  users: number
  /** Transfers and usage lines together. */
  rows: number
  /** Answers of one user who has far more than others. */
  heavyAnswers: number
}
export type Seeded = { userIds: string[]; heavyId: string; heavyKeyId: string }

/** Rows of one statement: no more than SQLite takes parameters. */
const statementRows = 500
/** Answers written in one transaction. */
const partAnswers = 25_000
/** Micropoints everybody has left. */
const left = 5_000_000

/**
 * Fills a migrated, empty database with books that balance: people, what they were given, and a year of
 * answers. Indexes are made at the end, which is several times quicker than keeping them.
 */
export async function seedBooks(db: Db, size: SeedSize, now = Date.now()): Promise<Seeded> {
  const userIds = Array.from({ length: size.users }, (_, index) => idOf(now - 4e10 + index, index))
  const answers = newAnswers({ ...size, now, userIds })
  const restoreIndexes = await deferIndexes(db, ["transfers", "usage_log"])

  await write(db, ["users", userColumns, userIds.map(userRow)])
  const keys = userIds.filter((_, at) => at % 10 === 0).map(keyRow)
  await write(db, ["api_keys", keyColumns, keys])
  for (const { lines, transfers } of answers.parts(partAnswers))
    await write(db, ["usage_log", usageColumns, lines], ["transfers", transferColumns, transfers])
  const { spent, hours } = answers.sums()
  const credits = userIds.map((id, at) => creditRow(id, at, left + (spent[at] ?? 0), answers.from))
  const accounts = userIds.map((id) => [id, left, 0])
  await write(db, ["transfers", transferColumns, credits])
  await write(db, ["accounts", ["id", "available", "held"], accounts])
  await write(db, ["usage_hours", hourColumns, hours])
  await restoreIndexes()
  const [heavyId = ""] = userIds
  return { userIds, heavyId, heavyKeyId: keyIdOf(heavyId) }
}

/** What an earlier run filled; undefined for an empty database. */
export async function seededBefore(db: Db): Promise<Seeded | undefined> {
  const rows = await db.rows<{ id: string }>("select id from users order by id", [])
  const userIds = rows.map(({ id }) => id)
  const [heavyId] = userIds
  return heavyId === undefined ? undefined : { userIds, heavyId, heavyKeyId: keyIdOf(heavyId) }
}

type Rows = [table: string, columns: readonly string[], rows: readonly SqlValue[][]]

const write = (db: Db, ...tables: Rows[]): Promise<void> =>
  db.transaction(async (tx) => {
    for (const [table, columns, rows] of tables) {
      const row = `(${columns.map(() => "?").join(", ")})`
      for (let at = 0; at < rows.length; at += statementRows) {
        const some = rows.slice(at, at + statementRows)
        const text = `insert into ${table} (${columns.join(", ")}) values ${some.map(() => row).join(", ")}`
        await tx.run(text, some.flat())
      }
    }
  })

const userColumns = [
  ...["id", "name", "name_key", "password_hash", "role", "state", "password_expired"],
  ...["created_at", "email", "email_key", "email_verified"],
]
function userRow(id: string, at: number): SqlValue[] {
  const name = `person-${at}`
  const email = `${name}@example.org`
  const createdAt = Number.parseInt(id.replace("-", "").slice(0, 12), 16)
  return [id, name, name, "none", "user", "active", 0, createdAt, email, email, 1]
}

const keyColumns = ["id", "user_id", "name", "hash", "hint", "created_at"]
function keyRow(userId: string): SqlValue[] {
  const id = keyIdOf(userId)
  return [id, userId, "a key", id, "0000", 0]
}

function creditRow(userId: string, at: number, amount: number, from: number): SqlValue[] {
  const id = idOf(from - 1, at)
  return [id, "site:issued", userId, amount, `admin:${id}`, "paid by transfer", from - 1]
}
