import * as my from "drizzle-orm/mysql-core"
import * as lite from "drizzle-orm/sqlite-core"
import { exact, exactFromText } from "../exact.ts"

/**
 * Strings compare byte by byte on both engines. Plain MySQL `varchar` ignores case and trailing
 * blanks, which would let `Alice` sign in as `alice` on one engine only. The blanks are seen to by
 * `collation.ts`, since no collation that minds them exists on both MySQL and MariaDB.
 */
const exactVarchar = my.customType<{
  data: string
  config: { length: number }
  configRequired: true
}>({
  dataType: (config) => `varchar(${config?.length}) character set utf8mb4 collate utf8mb4_bin`,
})

/** MySQL's `text` ends at 64 KB; an answer with an image in it does not. */
const longText = my.customType<{ data: string }>({
  dataType: () => "longtext character set utf8mb4 collate utf8mb4_bin",
})

/** JSON as text on both engines: MySQL's own type reorders keys, MariaDB's is an alias. */
const jsonText = my.customType<{ data: unknown; driverData: string }>({
  dataType: () => "longtext character set utf8mb4 collate utf8mb4_bin",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => (typeof value === "string" ? JSON.parse(value) : value),
})

/** Refused beyond ±2^53: the driver gives larger ones as text, and `Number` would round them quietly. */
const exactBigint = my.customType<{ data: number; driverData: string | number }>({
  dataType: () => "bigint",
  toDriver: exact,
  fromDriver: exactFromText,
})

/** The whole vocabulary a table may use. Anything not here is not portable. */
export const mysqlColumns = {
  table: my.mysqlTable,
  index: my.index,
  unique: my.uniqueIndex,
  primaryKey: my.primaryKey,
  check: my.check,
  /** Made by the application, so that no engine ever has to return one. Sorts by time. */
  id: () => exactVarchar({ length: 36 }),
  string: (length: number) => exactVarchar({ length }),
  text: () => longText(),
  /** Whole number within ±2^31. */
  count: () => my.int(),
  /** Whole number within ±2^53: money in micropoints, times in epoch milliseconds. */
  int53: () => exactBigint(),
  flag: () => my.boolean(),
  /** Parsed by the core with zod on read; the database does not know its shape. */
  json: () => jsonText(),
}
export type Columns = typeof mysqlColumns

/** The same words for SQLite. The cast is the one place where the two engines are declared equal. */
export const sqliteColumns = {
  table: lite.sqliteTable,
  index: lite.index,
  unique: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
  check: lite.check,
  id: () => lite.text(),
  string: () => lite.text(),
  text: () => lite.text(),
  count: () => lite.integer(),
  int53: () => lite.integer(),
  flag: () => lite.integer({ mode: "boolean" }),
  json: () => lite.text({ mode: "json" }),
} as unknown as Columns
