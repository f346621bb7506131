import { Database } from "bun:sqlite"
import { drizzle } from "drizzle-orm/sqlite-proxy"
import type { Connection, Db } from "../db.ts"
import { defineTables } from "../schema/index.ts"
import { startCheckpoints } from "./checkpoints.ts"
import { sqliteColumns } from "./columns.ts"
import { createLane } from "./lane.ts"
import { lockFile } from "./lock-file.ts"
import { createScope } from "./scope.ts"
import { createStatements, type Statements } from "./statements.ts"

export type SqliteOptions = {
  engine: "sqlite"
  /** A file, or `:memory:`. */
  path: string
  /** Works beside the process that owns the data, for a short command of the operator. */
  guest?: boolean
}

/** How long a command beside the server waits for its turn, and the server for the command's. */
const busyTimeoutMs = 5_000

/** 64 MB: beyond it the log is emptied at a commit, should the checkpoints not have come to it. */
const logPagesMax = 16_384

/**
 * Opens the embedded database.
 *
 * One connection serves everyone, so a transaction must keep other callers out while it awaits: they
 * queue in a lane. Drizzle's own bun-sqlite driver cannot be used here, because its `transaction`
 * commits at the first `await`.
 *
 * @throws Error when another process owns the file.
 */
export function openSqlite({ path, guest = false }: SqliteOptions): Db {
  const isOwner = !guest && path !== ":memory:"
  const unlock = isOwner ? lockFile(`${path}.lock`) : () => {}
  const file = openFile(path)
  const stopCheckpoints = isOwner ? startCheckpoints(path) : () => {}
  const statements = createStatements(file)
  const lane = createLane()
  const scope = createScope()
  const t = defineTables(sqliteColumns)

  async function outside<T>(work: () => T): Promise<T> {
    scope.requireOutside()
    const turn = lane.enter()
    if (turn) await turn
    try {
      return work()
    } finally {
      lane.leave()
    }
  }
  async function inside<T>(work: () => T): Promise<T> {
    scope.requireInside()
    return work()
  }

  /** Keeps everyone else out until `work` has ended. */
  async function occupy<T>(work: () => Promise<T>): Promise<T> {
    scope.requireOutside()
    const turn = lane.enter()
    if (turn) await turn
    try {
      return await work()
    } finally {
      lane.leave()
    }
  }

  async function atomically<T>(work: () => Promise<T>): Promise<T> {
    statements.run("begin immediate", [])
    try {
      const result = await work()
      statements.run("commit", [])
      return result
    } catch (error) {
      if (file.inTransaction) statements.run("rollback", [])
      throw error
    }
  }

  const tx: Db = {
    ...callsThrough(inside, statements),
    t,
    transaction: (work) => work(tx),
    alone: refuseInTransaction,
    close: refuseInTransaction,
  }
  return {
    ...callsThrough(outside, statements),
    t,
    transaction: (work) => occupy(() => atomically(() => scope.run(() => work(tx)))),
    alone: (work) =>
      occupy(async () => {
        file.run("pragma foreign_keys = off")
        try {
          return await work({ ...directCalls(statements), atomically })
        } finally {
          file.run("pragma foreign_keys = on")
        }
      }),
    close: () =>
      occupy(async () => {
        stopCheckpoints()
        statements.close()
        file.close()
        unlock()
      }),
  }
}

function openFile(path: string): Database {
  const file = new Database(path, { create: true })
  file.run(`pragma busy_timeout = ${busyTimeoutMs}`)
  file.run("pragma journal_mode = wal")
  file.run("pragma synchronous = normal")
  file.run(`pragma wal_autocheckpoint = ${logPagesMax}`)
  file.run("pragma foreign_keys = on")
  return file
}

type Pass = <T>(work: () => T) => Promise<T>

function callsThrough(
  pass: Pass,
  statements: Statements,
): Pick<Db, "orm" | "dialect" | "rows" | "run" | "post"> {
  const orm = drizzle(
    (text, params, method) =>
      pass(() => {
        if (method === "run") return { rows: [], affectedRows: statements.run(text, params) }
        const rows = statements.values(text, params)
        // Drizzle takes `undefined` for "no row", which its type leaves out.
        return { rows: method === "get" ? (rows[0] as unknown[]) : rows }
      }),
    undefined,
    { casing: "snake_case" },
  )
  return {
    orm: asMysql(orm),
    dialect: "sqlite",
    rows: <Row>(text: string, params: readonly unknown[]) =>
      pass(() => statements.all(text, params) as Row[]),
    run: (text, params) => pass(() => statements.run(text, params)),
    post: (text, params) => pass(() => void statements.run(text, params)),
  }
}

function directCalls(statements: Statements): Pick<Connection, "rows" | "run"> {
  return {
    rows: async <Row>(text: string, params: readonly unknown[]) =>
      statements.all(text, params) as Row[],
    run: async (text, params) => statements.run(text, params),
  }
}

/** The statement that both engines are the same to us. The contract suite is its proof. */
const asMysql = (orm: unknown) => orm as Db["orm"]

const refuseInTransaction = async (): Promise<never> => {
  throw new Error("not possible inside a transaction")
}
