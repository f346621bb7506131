import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import type { Connection, Db, Dialect } from "./db.ts"
import { chooseCollation } from "./dialect/collation.ts"

/** One step of the schema, as drizzle-kit generated it. */
export type Migration = { name: string; hash: string; statements: readonly string[] }

/**
 * Brings the schema up to date. Safe when several nodes start at once: one works, the others wait.
 * On MySQL, where a change of the schema cannot be undone, a step that broke off is continued.
 *
 * @throws Error when an applied step was edited since, or the database is newer than this program.
 */
export async function migrate(db: Db, steps = readMigrations(db.dialect)): Promise<void> {
  await db.alone(async (connection) => {
    await connection.run(createTable, [])
    const applied = await connection.rows<Applied>("select * from migrations order by name", [])
    requireSameHistory(applied, steps)

    const fit = db.dialect === "mysql" ? await chooseCollation(connection) : (sql: string) => sql
    for (const step of steps) {
      const done = applied.find(({ name }) => name === step.name)?.statements ?? 0
      if (done < step.statements.length)
        await apply(connection, { ...step, statements: step.statements.map(fit) }, done)
    }
    if (db.dialect === "sqlite") await requireIntactKeys(connection)
  })
}

/** The steps that come with this program, oldest first. */
export function readMigrations(dialect: Dialect): Migration[] {
  const folder = `${import.meta.dir}/../migrations/${dialect}`
  const journal = `${folder}/meta/_journal.json`
  if (!existsSync(journal)) throw new Error(`no migrations at ${folder}`)
  // The file is drizzle-kit's own and comes with the program.
  const { entries } = JSON.parse(readFileSync(journal, "utf8")) as { entries: { tag: string }[] }

  return entries.map(({ tag }) => {
    const text = readFileSync(`${folder}/${tag}.sql`, "utf8").replaceAll("\r\n", "\n")
    return {
      name: tag,
      hash: createHash("sha256").update(text).digest("hex"),
      statements: text
        .split("--> statement-breakpoint")
        .map((statement) => statement.trim())
        .filter((statement) => statement !== ""),
    }
  })
}

type Applied = { name: string; hash: string; statements: number }

/** `statements` counts how far a step has come. */
const createTable = `create table if not exists migrations (
  name varchar(128) not null primary key,
  hash varchar(64) not null,
  statements integer not null,
  applied_at bigint not null
)`

function requireSameHistory(applied: readonly Applied[], steps: readonly Migration[]): void {
  for (const { name, hash } of applied) {
    const step = steps.find((known) => known.name === name)
    if (!step)
      throw new Error(`the database has the migration ${name}, which is newer than this program`)
    if (step.hash !== hash)
      throw new Error(`the migration ${name} was edited after it had been applied`)
  }
}

async function apply(connection: Connection, step: Migration, done: number): Promise<void> {
  await connection.atomically(async () => {
    if (done === 0) await note(connection, step)
    for (const [index, statement] of step.statements.entries()) {
      if (index < done) continue
      await connection.run(statement, [])
      await connection.run("update migrations set statements = ? where name = ?", [
        index + 1,
        step.name,
      ])
    }
  })
}

async function note(connection: Connection, step: Migration): Promise<void> {
  await connection.run("delete from migrations where name = ?", [step.name])
  await connection.run(
    "insert into migrations (name, hash, statements, applied_at) values (?, ?, 0, ?)",
    [step.name, step.hash, Date.now()],
  )
}

async function requireIntactKeys(connection: Connection): Promise<void> {
  const broken = await connection.rows("pragma foreign_key_check", [])
  if (broken.length > 0) throw new Error(`${broken.length} rows point at rows that do not exist`)
}
