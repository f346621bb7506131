import { and, count, eq, gt, inArray, isNotNull, isNull, like, sum } from "drizzle-orm"
import { affectedRows, type Db, type SqlValue } from "../db.ts"
import type { Tables } from "../schema/index.ts"
import { insertOf, orAdd } from "./sql.ts"

/** Rows per statement: well below what either engine takes. */
const partMax = 200

type Full<Table extends keyof Tables> = Required<Tables[Table]["$inferInsert"]>

/** What one part of an import adds, by table. Rows of one table have the same columns. */
export type Harvest = {
  [Table in HarvestTable]?: Full<Table>[]
} & { credits?: { accountId: string; amount: number }[] }

type HarvestTable =
  | "users"
  | "transfers"
  | "apiKeys"
  | "subscriptions"
  | "planCounters"
  | "codeBatches"
  | "codes"
  | "giftClaims"
  | "conversations"
  | "messages"
  | "shares"
  | "presets"
  | "notices"
  | "channels"
  | "prices"
  | "plans"
  | "marketEntries"
  | "imported"

export type ImportedRow = Full<"imported">

/** All of it, in the transaction it is given. @throws the driver's duplicate error when something is there already */
export async function insertHarvest(tx: Db, { credits = [], ...tables }: Harvest): Promise<void> {
  for (const [table, rows] of Object.entries(tables))
    for (let at = 0; at < rows.length; at += partMax)
      await insertRows(tx, snake(table), rows.slice(at, at + partMax))
  for (let at = 0; at < credits.length; at += partMax) {
    const part = credits.slice(at, at + partMax)
    const params = part.flatMap(({ accountId, amount }) => [accountId, amount, 0])
    await tx.run(insertAccounts(part.length) + orAdd(tx, ["id"], ["available"]), params)
  }
}

const insertAccounts = insertOf("accounts", ["id", "available", "held"])

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Written by hand, because there are millions of messages. */
async function insertRows(tx: Db, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const key = `${table}:${columns.join()}`
  const insert = inserts.get(key) ?? insertOf(table, columns.map(snake))
  inserts.set(key, insert)
  const params = rows.flatMap((row) =>
    columns.map((column) => storable((row as Record<string, unknown>)[column])),
  )
  await tx.run(insert(rows.length), params)
}
const inserts = new Map<string, ReturnType<typeof insertOf>>()

/** JSON columns hold objects and lists here, never a bare text. */
const storable = (value: unknown): SqlValue =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : (value as SqlValue)

type Of = { source: string; kind: string }

/** What became of these, as far as they came before. */
export async function findImported({ orm, t }: Db, { source, kind }: Of, ids: readonly string[]) {
  const { imported: i } = t
  if (ids.length === 0) return []
  return orm
    .select({ sourceId: i.sourceId, targetId: i.targetId, reason: i.reason })
    .from(i)
    .where(and(eq(i.source, source), eq(i.kind, kind), inArray(i.sourceId, [...ids])))
}

/** What came of one kind, by its id there, from behind the id `after`. */
export async function listImported(
  { orm, t }: Db,
  { source, kind }: Of,
  after: string,
  limit: number,
) {
  const { imported: i } = t
  return orm
    .select({ sourceId: i.sourceId, targetId: i.targetId })
    .from(i)
    .where(
      and(eq(i.source, source), eq(i.kind, kind), gt(i.sourceId, after), isNotNull(i.targetId)),
    )
    .orderBy(i.sourceId)
    .limit(limit)
}

export async function countImported({ orm, t }: Db, source: string) {
  const { imported: i } = t
  const rows = await orm
    .select({ kind: i.kind, rows: count(), taken: count(i.targetId) })
    .from(i)
    .where(eq(i.source, source))
    .groupBy(i.kind)
  return new Map(rows.map(({ kind, rows, taken }) => [kind, { rows, taken }]))
}

/** Writes or rewrites one row, such as the state of the import itself. */
export async function saveImported({ orm, t }: Db, row: ImportedRow): Promise<void> {
  const { imported: i } = t
  await orm
    .delete(i)
    .where(and(eq(i.source, row.source), eq(i.kind, row.kind), eq(i.sourceId, row.sourceId)))
  await orm.insert(i).values(row)
}

/** What the balances of an import came to, in micropoints. */
export async function importedPoints({ orm, t }: Db, prefix: string): Promise<bigint> {
  const [row] = await orm
    .select({ sum: sum(t.transfers.amount) })
    .from(t.transfers)
    .where(like(t.transfers.reference, `${prefix}%`))
  return BigInt(row?.sum ?? 0)
}

/** What was transferred under each of these references. */
export async function amountsOf({ orm, t }: Db, references: readonly string[]) {
  if (references.length === 0) return new Map<string, number>()
  const rows = await orm
    .select({ reference: t.transfers.reference, amount: t.transfers.amount })
    .from(t.transfers)
    .where(inArray(t.transfers.reference, [...references]))
  return new Map(rows.map(({ reference, amount }) => [reference, amount]))
}

/** Marks codes as used that were used elsewhere meanwhile. @returns how many were not yet */
export async function markCodesUsed({ orm, t }: Db, ids: readonly string[], usedAt: number) {
  if (ids.length === 0) return 0
  const unused = and(inArray(t.codes.id, [...ids]), isNull(t.codes.usedAt))
  return affectedRows(await orm.update(t.codes).set({ usedAt }).where(unused))
}

export async function moveLeaves(
  { orm, t }: Db,
  leaves: readonly { id: string; leafId: string }[],
) {
  const { conversations: c } = t
  for (const { id, leafId } of leaves) await orm.update(c).set({ leafId }).where(eq(c.id, id))
}

/** How often each thing became of each kind. */
export async function countOutcomes({ orm, t }: Db, source: string) {
  const { imported: i } = t
  return orm
    .select({ kind: i.kind, reason: i.reason, times: count() })
    .from(i)
    .where(eq(i.source, source))
    .groupBy(i.kind, i.reason)
}

/** The installation whose import somebody asked the server for, if one is still to be done. */
export async function findAsked({ orm, t }: Db): Promise<{ source: string } | undefined> {
  const { imported: i } = t
  const [row] = await orm
    .select({ source: i.source })
    .from(i)
    .where(and(eq(i.kind, "run"), isNull(i.targetId), eq(i.reason, "asked")))
  return row
}
