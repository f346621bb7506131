import type { Connection } from "../db.ts"

/** What the generated migrations say: known to every server, but blind to trailing blanks. */
const generated = "utf8mb4_bin"
/** Compare every byte, also trailing blanks. MySQL has the one, MariaDB the other. */
const exactOnes = ["utf8mb4_0900_bin", "utf8mb4_nopad_bin"]

/** @returns a function that lets a generated statement use the most exact collation of this server. */
export async function chooseCollation(connection: Connection): Promise<(sql: string) => string> {
  const [best] = await connection.rows<{ name: string }>(
    "select collation_name as name from information_schema.collations where collation_name in (?, ?)",
    exactOnes,
  )
  return (sql) => sql.replaceAll(`collate ${generated}`, `collate ${best?.name ?? generated}`)
}
