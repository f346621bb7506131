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
  dialect: "mysql" | "sqlite"
  /** Rows of a statement written by hand, for the hot path only. Column names as in the database. */
  rows<Row>(text: string, params: readonly SqlValue[]): Promise<Row[]>
  /** Runs a statement written by hand; resolves to the number of rows it matched. */
  run(text: string, params: readonly SqlValue[]): Promise<number>
  /** Runs `work` atomically. Inside another transaction it joins that one. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type SqlValue = string | number | boolean | null
