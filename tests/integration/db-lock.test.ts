import { afterAll, beforeAll, expect, test } from "bun:test"
import { billing, migrate, openDatabase } from "@nio/db"
import { type EmptyDatabase, freshSqlite } from "../support/databases.ts"

let place: EmptyDatabase
let path: string
const children: Bun.Subprocess[] = []
beforeAll(async () => {
  place = await freshSqlite()
  if (place.options.engine !== "sqlite") throw new Error("not SQLite")
  path = place.options.path
})
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL")
  await place.remove()
})

/** A process that opens the database, says how that went, and stays. */
async function another(change = "") {
  const program = `
    const { openDatabase } = await import("@nio/db")
    try {
      const db = await openDatabase({ engine: "sqlite", path: ${JSON.stringify(path)} ${change} })
      ${change && `await db.run("update accounts set available = available + 1", [])`}
      console.log("open")
      setInterval(() => {}, 1000)
    } catch (error) {
      console.log(error.message)
    }`
  const child = Bun.spawn([process.execPath, "-e", program], {
    cwd: `${import.meta.dir}/../..`,
    stdout: "pipe",
    stderr: "inherit",
  })
  children.push(child)
  for await (const chunk of child.stdout)
    return { child, says: new TextDecoder().decode(chunk).trim() }
  throw new Error("it said nothing")
}

test("a second process refuses to start on the same file, a killed one leaves no trace", async () => {
  const first = await another()
  expect(first.says).toBe("open")
  await expect(openDatabase({ engine: "sqlite", path })).rejects.toThrow("another process is using")
  expect((await another()).says).toContain("another process is using this data")

  first.child.kill("SIGKILL")
  await first.child.exited
  const db = await openDatabase({ engine: "sqlite", path })
  await migrate(db)
  expect((await another()).says).toContain("another process")
  await db.close()
  const again = await openDatabase({ engine: "sqlite", path })
  await again.close()
})

test("an operator's command works beside the server", async () => {
  const db = await openDatabase({ engine: "sqlite", path })
  const credit = { id: "t", amount: 5, reference: "r", reason: "", createdAt: 0 }
  await billing.creditAccount(db, { ...credit, accountId: "u" })
  expect((await another(", guest: true")).says).toBe("open")
  expect(await billing.balanceOf(db, "u")).toEqual({ available: 6, held: 0 })
  await db.close()
})
