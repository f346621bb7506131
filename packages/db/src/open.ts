import type { Db } from "./db.ts"
import type { MysqlOptions } from "./dialect/mysql.ts"
import { openSqlite, type SqliteOptions } from "./dialect/sqlite.ts"

export type DatabaseOptions = SqliteOptions | MysqlOptions

/** Opens the database. The driver of MySQL is loaded only where it is used. */
export async function openDatabase(options: DatabaseOptions): Promise<Db> {
  if (options.engine === "sqlite") return openSqlite(options)
  const { openMysql } = await import("./dialect/mysql.ts")
  return openMysql(options)
}
