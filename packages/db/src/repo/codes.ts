import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"
import type { CodeKind } from "../schema/billing.ts"
import { contains } from "./like.ts"

export type CodeBatchRow = {
  id: string
  kind: CodeKind
  name: string
  /** Of gift codes; empty for redeem codes. */
  type: string
  points: number
  count: number
  createdBy: string
  createdAt: number
  expiresAt: number | null
}

export type CodeRow = {
  id: string
  batchId: string
  kind: CodeKind
  code: string
  codeKey: string
  type: string
  points: number
  createdAt: number
  expiresAt: number | null
  revokedAt: number | null
  usedAt: number | null
  usedBy: string | null
}

/** What to list: `state` is judged at `now`. */
export type CodeFilter = {
  kind: CodeKind
  state?: "unused" | "used" | "revoked" | "expired"
  batchId?: string
  /** Of the code, as `codeKey` is written, or of who used it. */
  search?: { codeKey: string; nameKey: string }
  now: number
}

/** Rows per statement. */
const partMax = 500

/** @throws the driver's duplicate error when one of the codes is there already. */
export async function insertBatch(db: Db, batch: CodeBatchRow, codes: readonly CodeRow[]) {
  await db.orm.insert(db.t.codeBatches).values(batch)
  for (let at = 0; at < codes.length; at += partMax)
    await db.orm.insert(db.t.codes).values(codes.slice(at, at + partMax))
}

export async function findByKey({ orm, t }: Db, codeKey: string): Promise<CodeRow | undefined> {
  const [row] = await orm.select().from(t.codes).where(eq(t.codes.codeKey, codeKey))
  return row
}

/** Gives the code to one of any number of callers. @returns whether it was this one. */
export async function claim(
  { orm, t }: Db,
  { id, userId, now }: { id: string; userId: string; now: number },
): Promise<boolean> {
  const { codes } = t
  const free = and(
    eq(codes.id, id),
    isNull(codes.usedAt),
    isNull(codes.revokedAt),
    or(isNull(codes.expiresAt), gt(codes.expiresAt, now)),
  )
  return affectedRows(await orm.update(codes).set({ usedAt: now, usedBy: userId }).where(free)) > 0
}

/** @throws the driver's duplicate error when they had one of this type. */
export async function insertGiftClaim(
  { orm, t }: Db,
  claimed: { userId: string; type: string; codeId: string },
) {
  await orm.insert(t.giftClaims).values(claimed)
}

/** Newest first, from below the id `before`, with the names of who used them and of their batches. */
export async function list(
  db: Db,
  { before, limit, ...filter }: CodeFilter & { before?: string; limit: number },
) {
  const { codes, users, codeBatches } = db.t
  return db.orm
    .select({
      id: codes.id,
      batchId: codes.batchId,
      batch: codeBatches.name,
      kind: codes.kind,
      code: codes.code,
      type: codes.type,
      points: codes.points,
      createdAt: codes.createdAt,
      expiresAt: codes.expiresAt,
      revokedAt: codes.revokedAt,
      usedAt: codes.usedAt,
      usedBy: codes.usedBy,
      usedByName: users.name,
    })
    .from(codes)
    .leftJoin(users, eq(users.id, codes.usedBy))
    .leftJoin(codeBatches, eq(codeBatches.id, codes.batchId))
    .where(and(...wanted(db, filter), ...(before ? [lt(codes.id, before)] : [])))
    .orderBy(desc(codes.id))
    .limit(limit)
}

function wanted({ t }: Db, { kind, state, batchId, search, now }: CodeFilter): SQL[] {
  const { codes, users } = t
  const found = search && [
    ...(search.codeKey ? [contains(codes.codeKey, search.codeKey)] : []),
    contains(users.nameKey, search.nameKey),
  ]
  const states: Record<NonNullable<CodeFilter["state"]>, SQL | undefined> = {
    used: isNotNull(codes.usedAt),
    revoked: and(isNull(codes.usedAt), isNotNull(codes.revokedAt)),
    expired: and(isNull(codes.usedAt), isNull(codes.revokedAt), lte(codes.expiresAt, now)),
    unused: and(
      isNull(codes.usedAt),
      isNull(codes.revokedAt),
      or(isNull(codes.expiresAt), gt(codes.expiresAt, now)),
    ),
  }
  return [
    eq(codes.kind, kind),
    batchId && eq(codes.batchId, batchId),
    state && states[state],
    found && or(...found),
  ].filter((one) => typeof one === "object")
}

export async function listBatches({ orm, t }: Db, kind: CodeKind, limit: number) {
  return orm
    .select()
    .from(t.codeBatches)
    .where(eq(t.codeBatches.kind, kind))
    .orderBy(desc(t.codeBatches.createdAt), desc(t.codeBatches.id))
    .limit(limit)
}

/** Makes unused codes worthless: the named ones, or all of a batch. @returns how many. */
export async function revoke(
  { orm, t }: Db,
  { ids, batchId, now }: { ids?: readonly string[]; batchId?: string; now: number },
): Promise<number> {
  const { codes } = t
  const which = batchId ? eq(codes.batchId, batchId) : inArray(codes.id, [...(ids ?? [])])
  const unused = and(which, isNull(codes.usedAt), isNull(codes.revokedAt))
  return affectedRows(await orm.update(codes).set({ revokedAt: now }).where(unused))
}
