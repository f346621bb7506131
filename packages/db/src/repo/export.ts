import type { Db, SqlValue } from "../db.ts"

/** What one person has in a table: which rows are theirs, in which order, and what of them is theirs to know. */
type Source = { table: string; owner: string; at: string; columns: readonly string[] }

const sources = {
  conversations: {
    table: "conversations",
    owner: "user_id",
    at: "created_at",
    columns: ["id", "title", "model", "created_at", "updated_at"],
  },
  keys: {
    table: "api_keys",
    owner: "user_id",
    at: "created_at",
    columns: [
      "id",
      "name",
      "hint",
      "created_at",
      "revoked_at",
      "last_used_at",
      "limits",
      "spend_cap",
      "spent",
    ],
  },
  received: {
    table: "transfers",
    owner: "to_id",
    at: "created_at",
    columns: ["id", "from_id", "amount", "reference", "reason", "created_at"],
  },
  spent: {
    table: "transfers",
    owner: "from_id",
    at: "created_at",
    columns: ["id", "to_id", "amount", "reference", "reason", "created_at"],
  },
  usage: {
    table: "usage_log",
    owner: "user_id",
    at: "at",
    columns: [
      ...[
        "id",
        "at",
        "key_id",
        "source",
        "model",
        "input_tokens",
        "output_tokens",
        "cached_tokens",
      ],
      ...["reasoning_tokens", "images", "charge", "price", "outcome", "error_code", "total_ms"],
    ],
  },
  sessions: {
    table: "sessions",
    owner: "user_id",
    at: "created_at",
    columns: ["id", "created_at", "last_seen_at", "expires_at", "address", "user_agent", "kind"],
  },
  presets: {
    table: "presets",
    owner: "user_id",
    at: "created_at",
    columns: ["id", "name", "avatar", "description", "messages", "created_at", "updated_at"],
  },
  shares: {
    table: "shares",
    owner: "user_id",
    at: "created_at",
    columns: ["id", "title", "model", "messages", "created_at"],
  },
  codes: {
    table: "codes",
    owner: "used_by",
    at: "used_at",
    columns: ["id", "kind", "type", "code", "points", "used_at"],
  },
  identities: {
    table: "identities",
    owner: "user_id",
    at: "created_at",
    columns: ["id", "provider", "issuer", "subject", "label", "created_at", "last_used_at"],
  },
  passkeys: {
    table: "passkeys",
    owner: "user_id",
    at: "created_at",
    columns: ["id", "name", "created_at", "last_used_at"],
  },
} as const satisfies Record<string, Source>
export type ExportSource = keyof typeof sources

/** Columns of JSON, which come as text. */
const json = new Set(["limits", "price", "messages"])

export type Exported = Record<string, unknown> & { id: string; at: number }

/** The rows of one person after a given one, oldest first. The names of columns are as in the database. */
export async function ownRows(
  db: Db,
  source: ExportSource,
  { userId, after, limit }: { userId: string; after?: Exported | undefined; limit: number },
): Promise<Exported[]> {
  const { table, owner, at, columns } = sources[source]
  const later = after ? ` and (${at} > ? or (${at} = ? and id > ?))` : ""
  const from: SqlValue[] = after ? [after.at, after.at, after.id] : []
  const wanted = columns.map((column) => `\`${column}\``).join(", ")
  const rows = await db.rows<Record<string, unknown> & { id: string }>(
    `select ${wanted} from ${table} where ${owner} = ?${later} order by ${at}, id limit ${limit}`,
    [userId, ...from],
  )
  return rows.map((row) => ({ ...readable(row), id: row.id, at: Number(row[at]) }))
}

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      json.has(name) && typeof value === "string" ? JSON.parse(value) : value,
    ]),
  )
}
