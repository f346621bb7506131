import type { Pool, PoolConnection } from "mysql2/promise"
import type { SqlValue } from "../db.ts"
import { exact, exactFromText } from "../exact.ts"
import { isLost } from "../failure.ts"

export type Client = Pool | PoolConnection

export async function rows<Row>(
  client: Client,
  text: string,
  params: readonly SqlValue[],
): Promise<Row[]> {
  const [found, fields] = await client.query(text, checked(params))
  const numeric = fields.filter((field) => wideTypes.has(field.columnType ?? 0))
  for (const row of found as Record<string, string | number | null>[]) {
    for (const { name } of numeric) {
      const value = row[name]
      if (value != null) row[name] = exactFromText(value)
    }
  }
  return found as Row[]
}

export async function run(
  client: Client,
  text: string,
  params: readonly SqlValue[],
): Promise<number> {
  const [result] = await client.query(text, checked(params))
  return "affectedRows" in result ? result.affectedRows : 0
}

/** `bigint` and `decimal`, the type of a sum: the driver gives them as text when they are large, or always. */
const wideTypes = new Set([8, 246])

/** @throws RangeError for a number that could not be stored exactly */
export function checked(params: readonly SqlValue[]): SqlValue[] {
  for (const value of params) if (typeof value === "number") exact(value)
  return params as SqlValue[]
}

/** Every query of `client`, sent by `pass`, which is told its text. */
export function through<C extends Client>(client: C, pass: Pass): C {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== "function") return value
      if (name !== "query" && name !== "execute") return value.bind(target)
      return (query: string | { sql: string }, ...rest: unknown[]) =>
        pass(typeof query === "string" ? query : query.sql, () =>
          value.call(target, query, ...rest),
        )
    },
  })
}
export type Pass = <T>(text: string, query: () => Promise<T>) => Promise<T>

/** A connection that died in the pool is noticed by the next one to use it; who only reads, reads again. */
export async function readAgain<T>(text: string, query: () => Promise<T>): Promise<T> {
  try {
    return await query()
  } catch (error) {
    if (!isLost(error) || !/^\(*select /i.test(text)) throw error
    return query()
  }
}
