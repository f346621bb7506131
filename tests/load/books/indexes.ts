import type { Db } from "@nio/db"

/**
 * Takes the indexes of these tables away, but for those of their keys.
 * @returns what makes them again
 */
export async function deferIndexes(
  db: Db,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const indexes = await (db.dialect === "sqlite" ? ofSqlite(db, tables) : ofMysql(db, tables))
  for (const { drop } of indexes) await db.run(drop, [])
  return async () => {
    for (const { make } of indexes) await db.run(make, [])
    for (const table of tables)
      await db.run(db.dialect === "sqlite" ? `analyze ${table}` : `analyze table ${table}`, [])
  }
}

type Index = { drop: string; make: string }

async function ofSqlite(db: Db, tables: readonly string[]): Promise<Index[]> {
  const rows = await db.rows<{ name: string; tbl_name: string; sql: string }>(
    "select name, tbl_name, sql from sqlite_master where type = 'index' and sql is not null",
    [],
  )
  return rows
    .filter(({ tbl_name }) => tables.includes(tbl_name))
    .map(({ name, sql }) => ({ drop: `drop index ${name}`, make: sql }))
}

async function ofMysql(db: Db, tables: readonly string[]): Promise<Index[]> {
  const rows = await db.rows<{ tbl: string; name: string; cols: string; other: number }>(
    `select table_name as tbl, index_name as name, min(non_unique) as other,
      group_concat(column_name order by seq_in_index) as cols
    from information_schema.statistics
    where table_schema = database() and index_name <> 'PRIMARY' group by table_name, index_name`,
    [],
  )
  return rows
    .filter(({ tbl }) => tables.includes(tbl))
    .map(({ tbl, name, cols, other }) => ({
      drop: `alter table ${tbl} drop index ${name}`,
      make: `create ${Number(other) === 1 ? "" : "unique "}index ${name} on ${tbl} (${cols})`,
    }))
}
