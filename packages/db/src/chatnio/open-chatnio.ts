import type { RowDataPacket } from "mysql2"
import type { Pool } from "mysql2/promise"

/** A row of the original's database: every value as the text the server sent, so that no decimal is rounded. */
export type OldRow = Readonly<Record<string, string | null>>

/** The database of a Chat Nio installation of any age. Only read. */
export type OldDatabase = {
  /** 0 when there is no such table. */
  count(table: OldTable): Promise<number>
  /** The sum of a column, as decimal text. */
  sum(table: OldTable, column: string): Promise<string>
  /** Rows by id, from behind the id `after`; together at most about `pageBytesMax`. Columns an old schema lacks are null. */
  page(table: OldTable, columns: readonly string[], after: string, limit: number): Promise<OldRow[]>
  /** The rows whose columns have one of the values given for them. At most a thousand of each. */
  where(
    table: OldTable,
    columns: readonly string[],
    wanted: Readonly<Record<string, readonly string[]>>,
  ): Promise<OldRow[]>
  /** How often each combination of these columns occurs, as `times`. */
  groups(table: OldTable, columns: readonly string[]): Promise<OldRow[]>
  close(): Promise<void>
}

/** The original has these; a very old one has not all of them. */
export const oldTables = [
  "auth",
  "quota",
  "apikey",
  "subscription",
  "invitation",
  "redeem",
  "conversation",
  "sharing",
  "mask",
  "broadcast",
  "package",
] as const
export type OldTable = (typeof oldTables)[number]

export type OldPlace = {
  host: string
  port: number
  user: string
  password: string
  database: string
  tls?: boolean
}

/** What one page may bring into memory; a single row may be larger. */
const pageBytesMax = 8 * 1024 * 1024
const connectTimeoutMs = 10_000
/** Columns that hold more than a few hundred bytes. */
const largeColumns = new Set(["data", "context", "content"])

/** @throws when the server or the database is not there */
export async function openChatnio({ tls, ...place }: OldPlace): Promise<OldDatabase> {
  // Loaded where it is used, as the driver of our own database is.
  const { createPool } = await import("mysql2/promise")
  const pool = createPool({
    ...place,
    ...(tls && { ssl: { minVersion: "TLSv1.2" } }),
    connectionLimit: 1,
    connectTimeout: connectTimeoutMs,
    charset: "utf8mb4_bin",
    typeCast: (field) => field.string("utf8"),
  })
  try {
    return reader(pool, await columnsOf(pool, place.database))
  } catch (error) {
    await pool.end()
    throw error
  }
}

type Columns = ReadonlyMap<string, ReadonlySet<string>>

async function columnsOf(pool: Pool, database: string): Promise<Columns> {
  const found = new Map<string, Set<string>>()
  const rows = await ask(
    pool,
    "select table_name as t, column_name as c from information_schema.columns where table_schema = ?",
    [database],
  )
  for (const { t, c } of rows) {
    const columns = found.get(t ?? "") ?? new Set()
    found.set(t ?? "", columns.add(c ?? ""))
  }
  return found
}

function reader(pool: Pool, columns: Columns): OldDatabase {
  const has = (table: OldTable, column: string) => columns.get(table)?.has(column) ?? false
  /** `select` of what there is; the rest is null. */
  const select = (table: OldTable, wanted: readonly string[]) =>
    `select ${wanted.map((name) => (has(table, name) ? `\`${name}\`` : `null as \`${name}\``)).join(", ")} from \`${table}\``

  /** The last id of the rows that together are not too large. */
  async function endOfPage(table: OldTable, column: string, after: string, limit: number) {
    const sizes = await ask(
      pool,
      `select id, octet_length(\`${column}\`) as size from \`${table}\` where id > ? order by id limit ?`,
      [after, limit],
    )
    let bytes = 0
    let end = sizes[0]?.id ?? after
    for (const { id, size } of sizes) {
      bytes += Number(size ?? 0)
      if (bytes > pageBytesMax && id !== sizes[0]?.id) break
      end = id ?? end
    }
    return end
  }

  return {
    async count(table) {
      if (!columns.has(table)) return 0
      const [row] = await ask(pool, `select count(*) as n from \`${table}\``, [])
      return Number(row?.n ?? 0)
    },
    async sum(table, column) {
      if (!has(table, column)) return "0"
      const [row] = await ask(pool, `select sum(\`${column}\`) as n from \`${table}\``, [])
      return row?.n ?? "0"
    },
    async page(table, wanted, after, limit) {
      if (!columns.has(table)) return []
      const large = wanted.find((name) => largeColumns.has(name) && has(table, name))
      const from = select(table, ["id", ...wanted])
      if (!large) return ask(pool, `${from} where id > ? order by id limit ?`, [after, limit])
      const end = await endOfPage(table, large, after, limit)
      return ask(pool, `${from} where id > ? and id <= ? order by id`, [after, end])
    },
    async where(table, wanted, values) {
      const given = Object.entries(values)
      if (given.some(([column, any]) => any.length === 0 || !has(table, column))) return []
      const conditions = given.map(([column]) => `\`${column}\` in (?)`).join(" and ")
      return ask(
        pool,
        `${select(table, wanted)} where ${conditions}`,
        given.map(([, any]) => any),
      )
    },
    async groups(table, wanted) {
      if (!wanted.every((name) => has(table, name))) return []
      const names = wanted.map((name) => `\`${name}\``).join(", ")
      const text = `select ${names}, count(*) as times, min(created_at) as first from \`${table}\` group by ${names}`
      return ask(pool, text, [])
    },
    close: () => pool.end(),
  }
}

async function ask(
  pool: Pool,
  text: string,
  values: readonly (string | number | readonly string[])[],
): Promise<OldRow[]> {
  const exact = values.map((value) =>
    typeof value === "object" ? value.map(asNumber) : asNumber(value),
  )
  const [rows] = await pool.query<(RowDataPacket & OldRow)[]>(text, exact)
  return rows
}

/** Ids come as text and are compared as numbers, so that the index is used. */
const asNumber = (value: string | number) =>
  typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value
