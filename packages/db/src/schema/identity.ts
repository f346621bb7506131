import type { Columns } from "../dialect/columns.ts"

export const identityTables = (c: Columns) => ({
  users: c.table(
    "users",
    {
      id: c.id().primaryKey(),
      name: c.string(64).notNull(),
      /** `name`, lower-cased: two people may not differ by case alone. */
      nameKey: c.string(64).notNull(),
      passwordHash: c.string(255).notNull(),
      role: c.string(16).$type<UserRole>().notNull(),
      state: c.string(16).$type<UserState>().notNull(),
      /** While set, the account can do nothing but change its password. */
      passwordExpired: c.flag().notNull(),
      createdAt: c.int53().notNull(),
    },
    (t) => [c.unique("users_name_key").on(t.nameKey)],
  ),

  /** `id` is the SHA-256 of the cookie's token: reading this table signs nobody in. */
  sessions: c.table(
    "sessions",
    {
      id: c.string(64).primaryKey(),
      userId: c.id().notNull(),
      createdAt: c.int53().notNull(),
      expiresAt: c.int53().notNull(),
      userAgent: c.string(255).notNull(),
    },
    (t) => [c.index("sessions_user").on(t.userId), c.index("sessions_expiry").on(t.expiresAt)],
  ),

  /** `hash` is the SHA-256 of the key; `hint` its last four characters. */
  apiKeys: c.table(
    "api_keys",
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      name: c.string(64).notNull(),
      hash: c.string(64).notNull(),
      hint: c.string(8).notNull(),
      createdAt: c.int53().notNull(),
      revokedAt: c.int53(),
      /** What it may do, `ApiKeyLimits` of the contract, parsed by the core on read; null for everything. */
      limits: c.json(),
      /** Micropoints it may spend in all; null means as many as its owner has. */
      spendCap: c.int53(),
      /** Micropoints spent with it, and set aside for what it has under way. */
      spent: c.int53().notNull().default(0),
      lastUsedAt: c.int53(),
    },
    (t) => [c.unique("api_keys_hash").on(t.hash), c.index("api_keys_user").on(t.userId)],
  ),
})

export type UserRole = "user" | "admin"
export type UserState = "active" | "banned"
