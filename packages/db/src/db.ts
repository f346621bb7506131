import type { MySqlDatabase } from "drizzle-orm/mysql-core"
import type { Tables } from "./schema/index.ts"

/**
 * An open database, or one transaction on it: repositories cannot tell which.
 * Typed as MySQL because that is the stricter engine; SQLite runs the same calls.
 */
export type Db = {
  // biome-ignore lint/suspicious/noExplicitAny: drizzle's own parameters, of no use to a caller
  orm: Pick<MySqlDatabase<any, any>, "select" | "selectDistinct" | "insert" | "update" | "delete">
  t: Tables
  dialect: Dialect
  /** Rows of a statement written by hand, for the hot path only. Column names as in the database. */
  rows<Row>(text: string, params: readonly SqlValue[]): Promise<Row[]>
  /** Runs a statement written by hand; resolves to the number of rows it matched. */
  run(text: string, params: readonly SqlValue[]): Promise<number>
  /**
   * The same for a change whose outcome is not looked at: within a transaction on MySQL it goes out
   * with what comes next, and a failure is thrown there.
   */
  post(text: string, params: readonly SqlValue[]): Promise<void>
  /**
   * Runs `work` atomically; it must use the handle it is given, and may run twice when MySQL chose
   * it as the victim of a deadlock. On a handle that is itself a transaction, `work` joins that one.
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /**
   * Runs `work` on one connection while every other process that asks for the same waits. For
   * changes of the schema: on SQLite foreign keys are off meanwhile.
   */
  alone<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type Dialect = "mysql" | "sqlite"
/** Whole numbers beyond ±2^53 are refused, in both directions. */
export type SqlValue = string | number | boolean | null

export type Connection = Pick<Db, "rows" | "run"> & {
  /** All or nothing on SQLite. On MySQL every change of the schema is final by itself. */
  atomically<T>(work: () => Promise<T>): Promise<T>
}

/** Rows matched by an `insert`, `update` or `delete` of drizzle. The two drivers report it differently. */
export function affectedRows(result: unknown): number {
  const header: unknown = Array.isArray(result) ? result[0] : result
  if (header && typeof header === "object" && "affectedRows" in header)
    return Number(header.affectedRows)
  throw new TypeError("not the result of an insert, update or delete")
}

/** Locks the selected rows until the transaction ends. SQLite has one writer and needs no lock. */
export function forUpdate<Query>(db: Db, query: Query): Query {
  return db.dialect === "mysql" ? (query as Lockable<Query>).for("update") : query
}
/** On MySQL, drizzle's select has `for`; it is only left out of the type by intermediate calls. */
type Lockable<Query> = Query & { for(strength: "update"): Query }
