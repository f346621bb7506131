import type { Db } from "@nio/db"
import type { Actor } from "@nio/server/core/actor"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { createCodes } from "@nio/server/core/code/create-codes"
import { exportCodes } from "@nio/server/core/code/export-codes"
import { redeemCode } from "@nio/server/core/code/redeem-code"
import { listSiteStatement, listStatement } from "@nio/server/core/statement/list-statement"
import { listUsers } from "@nio/server/core/user/list-users"
import { testDeps } from "../../support/deps.ts"
import { chance } from "./ids.ts"
import type { Seeded } from "./seed.ts"

/** Milliseconds. `limitMs` is what the p95 may be; for the ledger, what the one run may take. */
export type Timing = { what: string; p50Ms: number; p95Ms: number; limitMs: number }

const times = 50
const warmUps = 3
const limits = { statementMs: 100, searchMs: 150, redeemMs: 30, verifyMs: 60_000 }
const always = { from: 0, until: 8e15, limit: 50 }

/** Calls the verbs themselves, in this process: without HTTP, and one after the other. */
export async function measureBooks(db: Db, { userIds, heavyId, heavyKeyId }: Seeded) {
  const deps = await testDeps(db)
  const next = chance(11)
  const anybody = () => userIds[1 + Math.floor(next() * (userIds.length - 1))] ?? heavyId
  const person = (userId = anybody()) => ({ ...somebody, userId })
  const heavy = person(heavyId)
  const own = (filter: object) => () => listStatement(deps, heavy, { ...always, ...filter })
  const halfway = Date.now() - 180 * 24 * 3_600_000
  const search = (filter: object) => () =>
    listUsers(deps, admin, { limit: 50, order: "created", show: "all", ...filter })
  const any = () => Math.floor(next() * userIds.length)
  const { statementMs, searchMs, redeemMs, verifyMs } = limits

  const timings = [
    await timed("statement, of anybody", statementMs, () => listStatement(deps, person(), always)),
    await timed("statement, of the one with most", statementMs, own({})),
    await timed("  half a year back", statementMs, own({ cursor: `${halfway}:z` })),
    await timed("  one model", statementMs, own({ model: "gpt-5" })),
    await timed("  a model never asked", statementMs, own({ model: "none" })),
    await timed("  one key", statementMs, own({ keyId: heavyKeyId })),
    await timed("  points added", statementMs, own({ kind: "credit" })),
    await timed("  other debits, of which there are none", statementMs, own({ kind: "debit" })),
    await timed("statement, of everybody", statementMs, () =>
      listSiteStatement(deps, admin, always),
    ),
    await timed("users, by a part of the name", searchMs, () => search({ search: `n-${any()}` })()),
    await timed("users, by a part of the mail", searchMs, () =>
      search({ search: `${any()}@example` })(),
    ),
    await timed("users, by id", searchMs, () => search({ search: anybody() })()),
    await timed("users, a name nobody has", searchMs, search({ search: "nobody at all" })),
    await timed("users, by balance", searchMs, search({ order: "balance" })),
    await timed("users, by plan", searchMs, search({ order: "plan" })),
    await redeeming(redeemMs),
    await verifying(verifyMs),
  ]
  await deps.close()
  return timings

  async function redeeming(limitMs: number): Promise<Timing> {
    const { batchId } = await createCodes(deps, admin, {
      kind: "redeem",
      name: "",
      points: 1,
      count: times + warmUps,
      expiresAt: null,
      requestId: deps.newId(),
    })
    const text = await exportCodes(deps, admin, { kind: "redeem", batchId, format: "txt" })
    const codes = text.trim().split("\r\n")
    return timed("redeem a code", limitMs, () => {
      const userId = anybody()
      return redeemCode(deps, person(userId), { code: codes.pop() ?? "", address: userId })
    })
  }

  async function verifying(limitMs: number): Promise<Timing> {
    const began = performance.now()
    const differences = await verifyLedger(deps)
    const ms = performance.now() - began
    if (differences.length > 0) throw new Error("the books do not balance")
    return { what: "ledger verify, once", p50Ms: ms, p95Ms: ms, limitMs }
  }
}

async function timed(what: string, limitMs: number, act: () => Promise<unknown>): Promise<Timing> {
  const taken: number[] = []
  for (let index = 0; index < warmUps + times; index++) {
    const began = performance.now()
    await act()
    if (index >= warmUps) taken.push(performance.now() - began)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => taken[Math.floor(taken.length * share)] ?? 0
  return { what, p50Ms: at(0.5), p95Ms: at(0.95), limitMs }
}

const somebody: Actor = {
  userId: "",
  name: "somebody",
  isAdmin: false,
  group: "normal",
  passwordExpired: false,
}
const admin: Actor = { ...somebody, userId: "measure", isAdmin: true, group: "admin" }
