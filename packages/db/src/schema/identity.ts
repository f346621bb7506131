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
      /** As its owner wrote it; null for accounts without one. */
      email: c.string(255),
      /** `email`, lower-cased. */
      emailKey: c.string(255),
      /** Whether its owner has shown that mail sent there arrives with them. */
      emailVerified: c.flag().notNull().default(false),
      /** What mail to them is written in, as `zh-CN`; null until they have chosen. */
      language: c.string(16),
      /** The number clients of the original know them by; only the accounts that need one have one. */
      number: c.count(),
      /** The last number given to a conversation or preset of theirs; none is given twice. */
      lastNumber: c.count().notNull().default(0),
      /** Micropoints: below it, its owner is told. Null for no alarm. */
      alarmBelow: c.int53(),
      /** When they were last told; null once the balance was above it again. */
      alarmedAt: c.int53(),
    },
    (t) => [
      c.unique("users_name_key").on(t.nameKey),
      c.unique("users_email_key").on(t.emailKey),
      c.unique("users_number").on(t.number),
    ],
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
      /** Where it began. */
      address: c.string(64).notNull().default(""),
      /** Lags behind by some minutes, as `expiresAt` does. */
      lastSeenAt: c.int53(),
      /** When its owner last proved who they are, by password, passkey or code; asked for before what cannot be undone. */
      provenAt: c.int53(),
      /** `cookie` for browsers, `token` for clients that send it as a bearer credential. */
      kind: c.string(16).$type<SessionKind>().notNull().default("cookie"),
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

  /**
   * Codes sent by mail, one open per purpose and address. `id` is a hash of both, `codeHash` one of the code with them;
   * `attempts` counts wrong guesses, after a few of which the code is worthless.
   */
  mailCodes: c.table(
    "mail_codes",
    {
      id: c.string(64).primaryKey(),
      codeHash: c.string(64).notNull(),
      attempts: c.count().notNull(),
      createdAt: c.int53().notNull(),
      expiresAt: c.int53().notNull(),
    },
    (t) => [c.index("mail_codes_expiry").on(t.expiresAt)],
  ),

  /** Accounts elsewhere that may sign in here. */
  identities: c.table(
    "identities",
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      /** The provider's id in the settings. */
      provider: c.string(64).notNull(),
      issuer: c.string(255).notNull(),
      subject: c.string(255).notNull(),
      /** What the issuer called them, for the list. */
      label: c.string(255).notNull(),
      createdAt: c.int53().notNull(),
      lastUsedAt: c.int53(),
    },
    (t) => [
      c.unique("identities_subject").on(t.issuer, t.subject),
      c.index("identities_user").on(t.userId),
    ],
  ),

  /** `id` is the SHA-256 of the credential's id. */
  passkeys: c.table(
    "passkeys",
    {
      id: c.string(64).primaryKey(),
      userId: c.id().notNull(),
      name: c.string(64).notNull(),
      credentialId: c.text().notNull(),
      /** COSE, base64url. */
      publicKey: c.text().notNull(),
      counter: c.int53().notNull(),
      transports: c.json().notNull(),
      createdAt: c.int53().notNull(),
      lastUsedAt: c.int53(),
    },
    (t) => [c.index("passkeys_user").on(t.userId)],
  ),

  /** One authenticator app per account. */
  authenticators: c.table("authenticators", {
    userId: c.id().primaryKey(),
    /** Sealed. */
    secret: c.string(255).notNull(),
    /** Null until its first code was right. */
    confirmedAt: c.int53(),
    /** The last time step whose code was used: no code works twice. */
    lastStep: c.int53().notNull(),
    createdAt: c.int53().notNull(),
  }),

  /** For the day the second factor is lost. `id` is a hash of user and code; used ones are deleted. */
  recoveryCodes: c.table(
    "recovery_codes",
    { id: c.string(64).primaryKey(), userId: c.id().notNull() },
    (t) => [c.index("recovery_codes_user").on(t.userId)],
  ),
})

export type UserRole = "user" | "admin"
/** The row of a deleted account stays, without anything personal: the ledger points to it. */
export type UserState = "active" | "banned" | "deleted"
export type SessionKind = "cookie" | "token"
