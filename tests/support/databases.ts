import { afterAll, describe } from "bun:test"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type DatabaseOptions, type Db, migrate, openDatabase } from "@nio/db"
import { createConnection } from "mysql2/promise"
import { skipSuite } from "./skip-suite.ts"

/**
 * A database of its own, already migrated. `again` opens it once more, as another node would; on
 * SQLite, where there is one process only, it is the same handle.
 */
export type TestDatabase = { db: Db; options: DatabaseOptions; again: () => Promise<Db> }

/**
 * Runs a suite on every engine: SQLite always, MariaDB when `TEST_MYSQL_URL` names a server. What
 * `open` opened is closed and deleted after the suite.
 */
export function eachDatabase(
  name: string,
  suite: (open: () => Promise<TestDatabase>, engine: "sqlite" | "mysql") => void,
): void {
  const on = (fresh: () => Promise<EmptyDatabase>, engine: "sqlite" | "mysql") => () => {
    const { open, cleanUp } = opener(fresh)
    suite(open, engine)
    // After the suite's own: what it opened on the database is closed by then.
    afterAll(cleanUp)
  }
  describe(`SQLite: ${name}`, on(freshSqlite, "sqlite"))
  if (mysqlUrl) describe(`MariaDB: ${name}`, on(freshMysql, "mysql"))
  else skipSuite(`MariaDB: ${name}`, "TEST_MYSQL_URL is not set")
}

/** An empty database that no migration has touched. */
export type EmptyDatabase = { options: DatabaseOptions; remove: () => Promise<void> }

export async function freshSqlite(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "nio-test-"))
  return {
    options: { engine: "sqlite", path: join(folder, "nio.db") },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Needs `TEST_MYSQL_URL`. */
export async function freshMysql(): Promise<EmptyDatabase> {
  const database = `nio_test_${randomBytes(6).toString("hex")}`
  await onServer(`create database ${database}`)
  return {
    options: optionsOf(database),
    remove: () => onServer(`drop database if exists ${database}`),
  }
}

/** A database that stays, made when it is not there. Needs `TEST_MYSQL_URL`. */
export async function namedMysql(database: string): Promise<EmptyDatabase> {
  await onServer(`create database if not exists ${database}`)
  return { options: optionsOf(database), remove: async () => {} }
}

function optionsOf(database: string): DatabaseOptions {
  const { hostname, port, username, password } = new URL(mysqlUrl ?? "")
  return {
    engine: "mysql",
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database,
    connectionsMax: 8,
  }
}

export const mysqlUrl = process.env.TEST_MYSQL_URL

async function onServer(statement: string): Promise<void> {
  const connection = await createConnection(mysqlUrl ?? "")
  await connection.query(statement)
  await connection.end()
}

function opener(fresh: () => Promise<EmptyDatabase>) {
  const cleanUps: (() => Promise<void>)[] = []

  return {
    async cleanUp() {
      for (const cleanUp of cleanUps.reverse()) await cleanUp()
    },
    async open(): Promise<TestDatabase> {
      const { options, remove } = await fresh()
      cleanUps.push(remove)
      const openOnce = async () => {
        const db = await openDatabase(options)
        cleanUps.push(() => db.close().catch(() => {}))
        return db
      }
      const db = await openOnce()
      await migrate(db)
      return { db, options, again: async () => (options.engine === "mysql" ? openOnce() : db) }
    },
  }
}
