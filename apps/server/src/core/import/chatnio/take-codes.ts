import { type Harvest, imports, type OldRow, taken } from "@nio/db"
import type { SkipReason } from "../../../contract/index.ts"
import { codeKeyOf } from "../../code/code-key.ts"
import { scaled } from "../decimal.ts"
import { importedId } from "./imported-id.ts"
import { instantOf } from "./local-time.ts"
import {
  added,
  type Entry,
  idOf,
  isSet,
  type KnownRow,
  type Page,
  type Run,
  skipped,
  type Take,
} from "./run.ts"

const places = 6
const typeCharsMax = 64
const batchName = "Chat Nio"

type Kind = "gift" | "redeem"

/** Gift codes, with who used them: nobody gets a second one of a type. */
export const takeGiftCodes: Take = {
  kind: "gift",
  table: "invitation",
  columns: ["code", "quota", "type", "used", "used_id", "created_at"],
  plan: (run, rows) => planCodes(run, "gift", rows),
  again: (run, rows) => usedSince(run, rows),
}

/** Redeem codes. Who used one is not kept over there. */
export const takeRedeemCodes: Take = {
  kind: "redeem",
  table: "redeem",
  columns: ["code", "quota", "used", "created_at"],
  plan: (run, rows) => planCodes(run, "redeem", rows),
  again: (run, rows) => usedSince(run, rows),
}

type Code = {
  row: OldRow
  key: string
  type: string
  points: bigint
  createdAt: number
  batchId: string
}

async function planCodes(run: Run, kind: Kind, rows: readonly OldRow[]): Promise<Page> {
  const read = rows.map((row) => codeOf(run, kind, row))
  const known = await taken.codeKeys(
    run.db,
    read.map(({ key }) => key),
  )
  const gifts = await taken.gifts(
    run.db,
    read.flatMap(({ row }) => run.users.get(row.used_id ?? "") ?? []),
  )
  const codes: NonNullable<Harvest["codes"]> = []
  const giftClaims: NonNullable<Harvest["giftClaims"]> = []
  const entries: Entry[] = []
  for (const code of read) {
    const { row, key, type, points, createdAt, batchId } = code
    const used = isSet(row.used) || !!row.used_id
    const reason = reasonAgainst(code, used, known)
    if (reason) {
      entries.push(skipped(idOf(row), reason))
      continue
    }
    known.add(key)
    const usedBy = run.users.get(row.used_id ?? "") ?? null
    const id = importedId(createdAt, run.source, kind, idOf(row))
    codes.push({
      ...{ id, batchId, kind, code: (row.code ?? "").trim(), codeKey: key, type, createdAt },
      ...{ points: Math.max(0, Number(points)), expiresAt: null, revokedAt: null },
      // When it was used is not kept over there.
      ...{ usedAt: used ? createdAt : null, usedBy },
    })
    if (usedBy && kind === "gift" && !gifts.has(`${usedBy}:${type}`)) {
      gifts.add(`${usedBy}:${type}`)
      giftClaims.push({ userId: usedBy, type, codeId: id })
    }
    entries.push(added(idOf(row), id))
  }
  const codeBatches = await batchesOf(run, kind, codes)
  return { harvest: { codeBatches, codes, giftClaims }, entries }
}

function codeOf(run: Run, kind: Kind, row: OldRow): Code {
  const type = kind === "gift" ? (row.type ?? "").trim().toLowerCase().slice(0, typeCharsMax) : ""
  const points = scaled(row.quota ?? "0", places) ?? 0n
  return {
    ...{ row, type, points },
    key: codeKeyOf(row.code ?? ""),
    createdAt: instantOf(row.created_at, run.zone) ?? run.now(),
    batchId: batchId(run, kind, type, points),
  }
}

function reasonAgainst(
  { key, points }: Code,
  used: boolean,
  known: ReadonlySet<string>,
): SkipReason | "" {
  if (!key) return "code-empty"
  if (known.has(key)) return "code-taken"
  if (points <= 0n && !used) return "code-worthless"
  if (points > BigInt(Number.MAX_SAFE_INTEGER)) return "too-large"
  return ""
}

const batchId = (run: Run, kind: Kind, type: string, points: bigint) =>
  importedId(0, run.source, "batch", kind, type, String(points))

/** Over there codes were not kept by batch: those of one kind, type and worth become one. */
async function batchesOf(run: Run, kind: Kind, codes: NonNullable<Harvest["codes"]>) {
  const ids = [...new Set(codes.map((code) => code.batchId))]
  const known = await taken.batches(run.db, ids)
  const fresh = ids.filter((id) => !known.has(id) && !run.given.has(`batch:${id}`))
  for (const id of fresh) run.given.add(`batch:${id}`)
  if (fresh.length === 0) return []
  const batches = await countBatches(run, kind)
  return fresh.flatMap((id) => batches.get(id) ?? [])
}

async function countBatches(run: Run, kind: Kind) {
  const [table, columns] =
    kind === "gift"
      ? (["invitation", ["type", "quota"]] as const)
      : (["redeem", ["quota"]] as const)
  const batches = new Map<string, NonNullable<Harvest["codeBatches"]>[number]>()
  for (const group of await run.database.groups(table, columns)) {
    const { type, points, createdAt } = codeOf(run, kind, { ...group, created_at: group.first! })
    const id = batchId(run, kind, type, points)
    const count = Number(group.times) + (batches.get(id)?.count ?? 0)
    batches.set(id, {
      ...{ id, kind, name: batchName, type, count, createdAt, expiresAt: null },
      ...{ points: Math.max(0, Number(points)), createdBy: run.administrator },
    })
  }
  return batches
}

/** A code that was used over there since it came must not be good here too. */
async function usedSince(run: Run, rows: readonly KnownRow[]): Promise<Page> {
  const ids = rows.flatMap((row) => (isSet(row.used) ? (row.targetId ?? []) : []))
  return {
    harvest: {},
    entries: [],
    also: async (tx) => void (await imports.markCodesUsed(tx, ids, run.now())),
  }
}
