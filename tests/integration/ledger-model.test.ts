import { expect, test } from "bun:test"
import { billing, type Db } from "@nio/db"
import { createLedger, holdLeaseMs } from "@nio/server/core/billing/create-ledger"
import { resolveHolds } from "@nio/server/core/billing/resolve-holds"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import fc from "fast-check"
import { eachDatabase } from "../support/databases.ts"
import { ledgerDeps, newReference, topUp, usageDrift, usageOf } from "../support/ledger.ts"
import { mortalDb } from "../support/mortal-db.ts"

const sequences = 2_000
const atATime = 32
/** Enough for a few holds, little enough to run out of. */
const firstAmount = 1_500

/**
 * Money under any order of events. Every sequence is a life of one account: rounds of steps that
 * happen at the same time, by a process that may die and a line that may break.
 */
const amount = fc.integer({ min: 1, max: 1_000 })
const pick = fc.nat({ max: 20 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("open"), amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("open-by-plan"), amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("open-again"), pick, amount }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("settle"), pick, amount }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("abort"), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("note"), pick, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("beat") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("top-up"), amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("top-up-again"), amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("free") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait"), ms: fc.nat({ max: 40_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("expire") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("die") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("break"),
      when: fc.constantFrom("before" as const, "after" as const),
    }),
  },
)
type Step = { do: string; amount?: number; pick?: number; ms?: number; when?: "before" | "after" }
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 4, size: "max" }), {
  minLength: 3,
  maxLength: 16,
  size: "max",
})

eachDatabase("ledger under any order of events", (open) => {
  test(`${sequences} lives of an account`, async () => {
    const { db } = await open()
    const seed = Date.now() & 0x7fffffff
    const lives = fc.sample(rounds, { numRuns: sequences, seed }) as Step[][][]
    await inParallel(lives, atATime, async (life) => {
      try {
        await live(db, life)
      } catch (error) {
        throw new Error(`seed ${seed}: ${JSON.stringify(life)}`, { cause: error })
      }
    })

    const later = ledgerDeps(db)
    later.clock.at += 2 * 60 * 60_000
    await Promise.all([resolveHolds(later), resolveHolds({ ...later, nodeId: "another" })])
    expect(await db.rows("select id from holds where state = 'open'", [])).toEqual([])
    expect(await verifyLedger(later)).toEqual([])
    expect(await db.rows("select id from accounts where available < 0 or held <> 0", [])).toEqual(
      [],
    )
    expect(await db.rows(withoutOneLine, [])).toEqual([])
    expect(await db.rows(wronglyTaken, [])).toEqual([])
    expect(await usageDrift(db)).toEqual([])
    expect(await db.rows(wronglyCounted, [])).toEqual([])
    expect(await db.rows("select used from plan_counters where used > ?", [plan.quota])).toEqual([])
    const byPlan = await db.rows("select id from holds where plan_item is not null", [])
    expect(byPlan.length).toBeGreaterThan(sequences / 4)
  }, 120_000)
})

/** A plan that pays for a few answers of a life; after that, points do. */
const plan = { item: "chat", window: 1, quota: 2 }

/** A counter says how many answers its plan paid for, no use lost and none counted twice. */
const wronglyCounted = `select user_id, used from plan_counters where used <>
  (select count(*) from holds where account_id = user_id and plan_item = item_id and state = 'settled')`

/** Every hold that ended has its line in the log, with what it took. */
const withoutOneLine = `select holds.id from holds left join usage_log on usage_log.id = holds.id
  where usage_log.charge is null or usage_log.charge <> holds.taken`

/** What a hold took is one transfer of that amount, or none when it took nothing. */
const wronglyTaken = `select holds.id from holds
  left join transfers on transfers.reference = concat('hold:', holds.id)
  where coalesce(transfers.amount, 0) <> holds.taken`

async function live(real: Db, life: readonly Step[][]): Promise<void> {
  const user = Bun.randomUUIDv7()
  const deps = ledgerDeps(real)
  const holds: string[] = []
  /** What each settled caller was told. */
  const told: { id: string; taken: number }[] = []
  const references = [newReference()]
  let given = firstAmount
  await topUp(real, user, firstAmount)
  let node = start()

  function start() {
    const line = mortalDb(real)
    return { ...line, ledger: createLedger({ ...deps, db: line.db, nodeId: crypto.randomUUID() }) }
  }

  const at = (index = 0) => holds[index % Math.max(holds.length, 1)]

  async function settle(
    id: string | undefined,
    charge: number,
    usageFrom: "upstream" | "none" = "upstream",
  ) {
    if (!id) return
    const usage = { ...usageOf(user), usageFrom }
    const taken = await node.ledger.settle(id, { held: true, charge, usage })
    expect(taken).toBeLessThanOrEqual(charge + 1_000)
    told.push({ id, taken })
  }

  async function take(one: Step) {
    const { amount = 0, pick, ms = 0, when = "before" } = one
    const { ledger } = node
    switch (one.do) {
      case "open-by-plan": {
        const id = Bun.randomUUIDv7()
        const hold = { id, accountId: user, amount, usage: usageOf(user), plan }
        if (await ledger.open(hold)) holds.push(id)
        return
      }
      case "open":
      case "open-again": {
        const id = (one.do === "open-again" && at(pick)) || Bun.randomUUIDv7()
        const opened = await ledger.open({ id, accountId: user, amount, usage: usageOf(user) })
        if (opened && !holds.includes(id)) holds.push(id)
        return
      }
      case "settle":
        return settle(at(pick), amount)
      case "abort":
        return settle(at(pick), 0, "none")
      case "note": {
        const id = at(pick)
        if (id) ledger.checkpoint(id, amount, usageOf(user))
        return
      }
      case "beat":
        return ledger.beat()
      case "top-up":
        references.push(newReference())
        given += amount
        return void (await topUp(real, user, amount, references.at(-1)))
      case "top-up-again":
        if (references.length > 1)
          expect(await topUp(real, user, amount, references.at(-1))).toBe(false)
        return
      case "free":
        return void (await ledger.settle(Bun.randomUUIDv7(), {
          held: false,
          charge: 0,
          usage: usageOf(user),
        }))
      case "wait":
        deps.clock.at += ms
        return
      case "expire": {
        const open = { ids: holds, before: deps.now(), at: deps.now(), shard: 0 }
        return void (await billing.expireHolds(real, open))
      }
      case "break":
        return node.breakOff(when)
      case "die": {
        const { ledger: dead, die } = node
        node = start()
        die()
        return dead.close(0)
      }
    }
  }

  for (const round of life) {
    const { ledger } = node
    // A top-up must be there before its repeat is tried, so repeats come after the rest of the round.
    const [repeats, rest] = [
      round.filter((one) => one.do === "top-up-again"),
      round.filter((one) => one.do !== "top-up-again"),
    ]
    const results = await Promise.allSettled(rest.map(take))
    const died = node.ledger !== ledger
    for (const result of results) if (result.status === "rejected" && !died) throw result.reason
    for (const repeat of repeats) await take(repeat)
  }
  await node.ledger.close()

  deps.clock.at += 2 * holdLeaseMs
  const mine = await real.rows<{ id: string; taken: number | null; state: string }>(
    "select id, taken, state from holds where account_id = ?",
    [user],
  )
  const open = mine.filter(({ state }) => state === "open").map(({ id }) => id)
  await billing.expireHolds(real, { ids: open, before: deps.now(), at: deps.now(), shard: 0 })

  const ended = await real.rows<{ id: string; taken: number }>(
    "select id, taken from holds where account_id = ?",
    [user],
  )
  const takenOf = new Map(ended.map(({ id, taken }) => [id, taken]))
  for (const { id, taken } of told) expect(taken).toBe(takenOf.get(id)!)
  const spent = ended.reduce((sum, { taken }) => sum + taken, 0)
  expect(await billing.balanceOf(real, user)).toEqual({ available: given - spent, held: 0 })
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>) {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}
