import { expect, test } from "bun:test"
import { billing } from "@nio/db"
import { measureBooks } from "../load/books/measure.ts"
import { seedBooks } from "../load/books/seed.ts"
import { eachDatabase } from "../support/databases.ts"
import { usageDrift } from "../support/ledger.ts"

const patienceMs = 60_000

eachDatabase("seeded books", (open) => {
  test(
    "a seeded database balances, and everything that is measured answers",
    async () => {
      const { db } = await open()
      const seeded = await seedBooks(db, { users: 50, rows: 2_000, heavyAnswers: 200 })
      expect(await billing.verifyLedger(db)).toEqual({ accounts: 50, differences: [] })
      expect(await usageDrift(db)).toEqual([])
      const timings = await measureBooks(db, seeded)
      expect(timings.every(({ p95Ms }) => p95Ms > 0)).toBe(true)
    },
    patienceMs,
  )
})
