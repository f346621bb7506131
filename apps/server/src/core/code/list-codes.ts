import { codes, users } from "@nio/db"
import type { CodeBatchView, CodeKind, CodeView, ListCodes, Page } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { codeKeyOf } from "./code-key.ts"

type Listed = Awaited<ReturnType<typeof codes.list>>[number]
type Filter = Omit<ListCodes, "cursor" | "limit">

/** Newest first. The cursor is the last id of the page before. */
export async function listCodes(
  deps: Deps,
  actor: Actor,
  { cursor, limit, ...filter }: ListCodes,
): Promise<Page<CodeView>> {
  requireAdmin(actor)
  const rows = await readCodes(deps, filter, { limit: limit + 1, before: cursor })
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** For those who have been judged already. */
export async function readCodes(
  { db, now }: Deps,
  { kind, state, batchId, search }: Filter,
  { limit, before }: { limit: number; before: string | undefined },
): Promise<CodeView[]> {
  const rows = await codes.list(db, {
    kind,
    now: now(),
    limit,
    ...(state && { state }),
    ...(batchId && { batchId }),
    ...(search && { search: { codeKey: codeKeyOf(search), nameKey: users.nameKeyOf(search) } }),
    ...(before && { before }),
  })
  return rows.map((row) => viewOf(row, now()))
}

const batchesMax = 200

/** The latest batches, to choose one of. */
export async function listCodeBatches(
  { db }: Deps,
  actor: Actor,
  kind: CodeKind,
): Promise<CodeBatchView[]> {
  requireAdmin(actor)
  const rows = await codes.listBatches(db, kind, batchesMax)
  return rows.map(({ id, name, type, points, count, createdAt }) => {
    return { id, name, type, points, count, createdAt }
  })
}

function viewOf({ batch, usedBy, usedByName, revokedAt, ...row }: Listed, now: number): CodeView {
  const { id, batchId, code, type, points, createdAt, expiresAt, usedAt } = row
  const by = usedBy === null ? null : { id: usedBy, name: usedByName ?? "" }
  const state = stateOf({ usedAt, revokedAt, expiresAt }, now)
  const times = { createdAt, expiresAt, usedAt }
  return { id, batchId, batch: batch ?? "", code, type, points, state, ...times, usedBy: by }
}

function stateOf(
  { usedAt, revokedAt, expiresAt }: Pick<Listed, "usedAt" | "revokedAt" | "expiresAt">,
  now: number,
): CodeView["state"] {
  if (usedAt !== null) return "used"
  if (revokedAt !== null) return "revoked"
  return expiresAt !== null && expiresAt <= now ? "expired" : "unused"
}
