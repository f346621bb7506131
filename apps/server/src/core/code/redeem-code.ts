import { codes, isDuplicate } from "@nio/db"
import type { Redeemed } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import { creditUser } from "../billing/credit-user.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { getBalance } from "../user/get-balance.ts"
import { codeKeyOf } from "./code-key.ts"

type CodeRow = NonNullable<Awaited<ReturnType<typeof codes.findByKey>>>

/** Wrong codes, after which there is a wait. Right ones do not count. */
const perUser: Bucket = { capacity: 10, perSecond: 1 / 60 }
const perAddress: Bucket = { capacity: 30, perSecond: 1 / 20 }

/**
 * Gives the points of a code to the actor: of any number of people who try, to one, once.
 * @param only the kind of code taken, for clients that ask for one kind
 * @throws AppError `code.unknown`, `code.used`, `code.expired`, `code.gift-had`, `rate.limited`
 */
export async function redeemCode(
  deps: Deps,
  actor: Actor,
  { code, address, only }: { code: string; address: string; only?: CodeRow["kind"] },
): Promise<Redeemed> {
  requireActive(actor)
  const guesses = await limitWrongCodes(deps, actor, address)
  const row = await codes.findByKey(deps.db, codeKeyOf(code))
  if (!row || (only && row.kind !== only)) {
    deps.log.warn("a code that does not exist was tried", { userId: actor.userId, address })
    throw new AppError("code.unknown")
  }
  await guesses.giveBack()
  await take(deps, actor, row)
  return { points: row.points, available: (await getBalance(deps, actor)).available }
}

async function take(deps: Deps, { userId }: Actor, code: CodeRow): Promise<void> {
  requireFree(code, deps.now())
  await deps.db.transaction(async (tx) => {
    // Judged by the row itself: another may have been faster since it was read.
    if (!(await codes.claim(tx, { id: code.id, userId, now: deps.now() })))
      throw new AppError("code.used")
    if (code.kind === "gift") await claimGift(tx, { userId, type: code.type, codeId: code.id })
    const { id, kind, points: amount } = code
    await creditUser(
      { ...deps, db: tx },
      { userId, amount, reference: `${kind}:${id}`, reason: code.type },
    )
  })
}

function requireFree({ usedAt, revokedAt, expiresAt }: CodeRow, now: number): void {
  if (usedAt !== null) throw new AppError("code.used")
  if (revokedAt !== null || (expiresAt !== null && expiresAt <= now))
    throw new AppError("code.expired")
}

async function claimGift(...claim: Parameters<typeof codes.insertGiftClaim>): Promise<void> {
  try {
    await codes.insertGiftClaim(...claim)
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("code.gift-had")
    throw error
  }
}

/** Takes one guess from both buckets. @throws AppError `rate.limited` */
async function limitWrongCodes({ kv }: Deps, { userId }: Actor, address: string) {
  const buckets = [
    [`codes:user:${userId}`, perUser],
    [`codes:address:${address}`, perAddress],
  ] as const
  const waits = await Promise.all(buckets.map(([key, bucket]) => kv.spend(key, bucket)))
  const waitMs = Math.max(...waits)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
  return {
    giveBack: () => Promise.all(buckets.map(([key, bucket]) => kv.draw(key, bucket, -1, true))),
  }
}
