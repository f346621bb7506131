import { type AnyColumn, type SQL, sql } from "drizzle-orm"

/**
 * `column like '%text%'`, with the text's own wildcards taken literally. The escape character is
 * named, for SQLite has none by itself, and is no backslash, for MySQL may read that one twice.
 */
export const contains = (column: AnyColumn | SQL, text: string): SQL =>
  sql`${column} like ${`%${text.replace(/[!%_]/g, "!$&")}%`} escape '!'`
