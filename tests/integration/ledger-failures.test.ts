import { expect, test } from "bun:test"
import { billing } from "@nio/db"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { createConnection } from "mysql2/promise"
import { eachDatabase, mysqlUrl } from "../support/databases.ts"
import { accountWith, ledgerDeps, openLedger, usageDrift, usageOf } from "../support/ledger.ts"
import { mortalDb } from "../support/mortal-db.ts"

const generations = 400
const atATime = 16

eachDatabase("a ledger whose line breaks", (open, engine) => {
  test("M B14: every settlement is written once, however often the line breaks", async () => {
    const { db, options } = await open()
    const line = mortalDb(db)
    const ledger = openLedger(line.db)
    const user = await accountWith(db, generations * 10)
    const trouble =
      options.engine === "mysql"
        ? await killConnections(options.database)
        : breakOften(line.breakOff)

    let charged = 0
    let refused = 0
    const caller = async () => {
      for (let index = 0; index < generations / atATime; index++) {
        const hold = { id: Bun.randomUUIDv7(), accountId: user, amount: 10, usage: usageOf(user) }
        const opened = await ledger.open(hold).catch(() => false)
        if (!opened) {
          refused++
          continue
        }
        const end = { held: true, charge: 7, usage: usageOf(user) }
        const taken = await ledger.settle(hold.id, end)
        charged += taken
      }
    }
    await Promise.all(Array.from({ length: atATime }, caller))
    await trouble.stop()
    await ledger.close()

    expect(trouble.times()).toBeGreaterThan(2)
    expect(charged).toBe((generations - refused) * 7)
    expect(refused).toBeLessThan(generations / 4)
    const { available, held } = await billing.balanceOf(db, user)
    expect(available + held).toBe(generations * 10 - charged)
    expect(await verifyLedger(ledgerDeps(db))).toEqual([])
    expect(await usageDrift(db)).toEqual([])
  }, 60_000)

  test(`${engine} away for a while: settlements wait for it`, async () => {
    const { db } = await open()
    const line = mortalDb(db)
    const ledger = openLedger(line.db)
    const user = await accountWith(db, 100)
    const id = Bun.randomUUIDv7()
    await ledger.open({ id, accountId: user, amount: 100, usage: usageOf(user) })
    line.away(true)
    const settled = ledger.settle(id, { held: true, charge: 40, usage: usageOf(user) })
    expect(await Promise.race([settled, Bun.sleep(250).then(() => "waiting")])).toBe("waiting")
    line.away(false)
    expect(await settled).toBe(40)
    await ledger.close()
  })
})

/** Kills every connection to the database, again and again, from outside. */
async function killConnections(database: string) {
  const admin = await createConnection(mysqlUrl ?? "")
  let killed = 0
  let stopped = false
  const loop = (async () => {
    while (!stopped) {
      await Bun.sleep(15)
      const [rows] = await admin.query(
        "select id from information_schema.processlist where db = ?",
        [database],
      )
      for (const { id } of rows as { id: number }[]) {
        await admin.query(`kill ${id}`).then(
          () => killed++,
          () => {},
        )
      }
    }
    await admin.end()
  })()
  return {
    times: () => killed,
    stop() {
      stopped = true
      return loop
    },
  }
}

function breakOften(breakOff: (when: "before" | "after") => void) {
  let broken = 0
  const timer = setInterval(() => {
    breakOff(++broken % 2 ? "before" : "after")
    if (broken === 20) clearInterval(timer)
  }, 2)
  return { times: () => broken, stop: async () => clearInterval(timer) }
}
