/**
 * Fills a database with a year of books and measures what must stay quick however long they are.
 *
 *     bun bench:books --doc
 *     bun bench:books --engine mysql --rows 1000000 --users 10000
 *     bun bench:books --file books.db --database nio_books
 *
 * The last keeps what was filled, and measures it the next time as it is.
 * MariaDB is the server of `TEST_MYSQL_URL`; the database made there is removed again. `--doc` writes the outcome
 * into `docs/performance.md`.
 */
import { mkdtemp, rm } from "node:fs/promises"
import { loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { migrate, openDatabase } from "@nio/db"
import { type EmptyDatabase, freshMysql, mysqlUrl, namedMysql } from "../support/databases.ts"
import { measureBooks, type Timing } from "./books/measure.ts"
import { seedBooks, seededBefore } from "./books/seed.ts"
import { keep } from "./keep.ts"

const { values } = parseArgs({
  options: {
    engine: { type: "string", multiple: true, default: ["sqlite", "mysql"] },
    rows: { type: "string", default: "10000000" },
    users: { type: "string", default: "100000" },
    heavy: { type: "string", default: "100000" },
    file: { type: "string" },
    database: { type: "string" },
    doc: { type: "boolean", default: false },
  },
})
const size = {
  rows: Number(values.rows),
  users: Number(values.users),
  heavyAnswers: Number(values.heavy),
}
const names = { sqlite: "SQLite", mysql: "MariaDB" }
const places = { sqlite: fileToUse, mysql: databaseToUse }

const parts: string[] = []
for (const engine of ["sqlite", "mysql"] as const) {
  if (!values.engine.includes(engine)) continue
  if (engine === "mysql" && !mysqlUrl) console.log("MariaDB is left out: TEST_MYSQL_URL is not set")
  else parts.push(await measured(engine))
}
const head = `${size.users.toLocaleString("en")} people, ${size.rows.toLocaleString("en")} rows of ledger and usage log; one person with ${size.heavyAnswers.toLocaleString("en")} answers`
const busy = `load average at the end: ${loadavg()[0]?.toFixed(1)}`
if (values.doc) await keep("books", [head, ...parts, busy].join("\n\n"), "bun bench:books")

async function measured(engine: "sqlite" | "mysql"): Promise<string> {
  const { options, remove } = await places[engine]()
  const db = await openDatabase(options)
  try {
    await migrate(db)
    const began = performance.now()
    const before = await seededBefore(db)
    const seeded = before ?? (await seedBooks(db, size))
    const seconds = ((performance.now() - began) / 1_000).toFixed(0)
    const filled = before ? "filled before" : `filled in ${seconds} s`
    const timings = await measureBooks(db, seeded)
    const text = [`${names[engine]}, ${filled}`, ...timings.map(lineOf)].join("\n")
    console.log(`${text}\n`)
    return text
  } finally {
    await db.close()
    await remove()
  }
}

async function fileToUse(): Promise<EmptyDatabase> {
  if (values.file) return { options: { engine: "sqlite", path: values.file }, remove: kept }
  const folder = await mkdtemp(join(tmpdir(), "nio-books-"))
  return {
    options: { engine: "sqlite", path: join(folder, "nio.db") },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function databaseToUse(): Promise<EmptyDatabase> {
  return values.database ? namedMysql(values.database) : freshMysql()
}

async function kept() {}

function lineOf({ what, p50Ms, p95Ms, limitMs }: Timing): string {
  const met = p95Ms <= limitMs ? "" : "  MISSED"
  return `  ${what.padEnd(44)} p50 ${ms(p50Ms)}  p95 ${ms(p95Ms)}  limit ${ms(limitMs)}${met}`
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0).padStart(6)} ms`
}
