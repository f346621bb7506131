import type { Db, SqlValue } from "../db.ts"

/**
 * Statements that grow with the number of rows, built once per number: the driver finds a prepared
 * statement by its text, and a text built anew would have to be read through each time.
 */
export function perCount(build: (count: number) => string): (count: number) => string {
  const known = new Map<number, string>()
  return (count) => {
    const text = known.get(count) ?? build(count)
    known.set(count, text)
    return text
  }
}

/** `?, ?, ?` */
export const places = (count: number): string => Array(count).fill("?").join(", ")

/** `insert` of `count` rows. */
export const insertOf = (table: string, columns: readonly string[]) =>
  perCount((count) => {
    const row = `(${places(columns.length)})`
    return `insert into ${table} (${columns.map(quoted).join(", ")}) values ${Array(count).fill(row).join(", ")}`
  })

/**
 * `update` that gives each of `count` rows its own values, and all of them what `also` says.
 * Parameters: for each column an id and a value per row, then the ids.
 */
export const updateOf = (
  table: string,
  columns: readonly string[],
  { also, where = "" }: { also?: string; where?: string } = {},
) =>
  perCount((count) => {
    const cases = `case id ${Array(count).fill("when ? then ?").join(" ")} end`
    const own = columns.map((column) => `${quoted(column)} = ${cases}`)
    const sets = [...own, ...(also ? [also] : [])].join(", ")
    return `update ${table} set ${sets} where id in (${places(count)})${where}`
  })

/** The parameters of `updateOf`. */
export function updateParams<Row extends { id: string }>(
  rows: readonly Row[],
  ...values: ((row: Row) => SqlValue)[]
): SqlValue[] {
  const params: SqlValue[] = []
  for (const value of values) for (const row of rows) params.push(row.id, value(row))
  for (const row of rows) params.push(row.id)
  return params
}

/** Makes an `insert` add to the row that is already there. */
export const orAdd = (db: Db, keys: readonly string[], columns: readonly string[]): string =>
  orElse(db, keys, columns, (column, incoming) => `${column} + ${incoming}`)

/** Makes an `insert` take the place of what the row that is already there has in these columns. */
export const orSet = (db: Db, keys: readonly string[], columns: readonly string[]): string =>
  orElse(db, keys, columns, (_, incoming) => incoming)

function orElse(
  { dialect }: Db,
  keys: readonly string[],
  columns: readonly string[],
  placed: (column: string, incoming: string) => string,
): string {
  const incoming = (column: string) =>
    dialect === "mysql" ? `values(${column})` : `excluded.${column}`
  const sets = columns
    .map(quoted)
    .map((column) => `${column} = ${placed(column, incoming(column))}`)
    .join(", ")
  return dialect === "mysql"
    ? ` on duplicate key update ${sets}`
    : ` on conflict (${keys.map(quoted).join(", ")}) do update set ${sets}`
}

/** Ends a `select` whose rows stay locked until the transaction ends. SQLite has one writer anyway. */
export const locking = (db: Db): string => (db.dialect === "mysql" ? " for update" : "")

/** Some columns are called like a word of MySQL's. */
const quoted = (name: string) => `\`${name}\``
