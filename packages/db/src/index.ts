export {
  type OldDatabase,
  type OldPlace,
  type OldRow,
  type OldTable,
  oldTables,
  openChatnio,
} from "./chatnio/open-chatnio.ts"
export { affectedRows, type Db, type Dialect, forUpdate, type SqlValue } from "./db.ts"
export { isDuplicate, isTransient } from "./failure.ts"
export { type Migration, migrate, readMigrations } from "./migrate.ts"
export { type DatabaseOptions, openDatabase } from "./open.ts"
export * as alarms from "./repo/alarms.ts"
export * as apiKeys from "./repo/api-keys.ts"
export * as audit from "./repo/audit.ts"
export * as billing from "./repo/billing.ts"
export * as channels from "./repo/channels.ts"
export * as codes from "./repo/codes.ts"
export * as conversations from "./repo/conversations.ts"
export * as factors from "./repo/factors.ts"
export * as identity from "./repo/identity.ts"
export type { Harvest, ImportedRow } from "./repo/imports.ts"
export * as imports from "./repo/imports.ts"
export * as keyUsage from "./repo/key-usage.ts"
export type { LiveRows } from "./repo/live.ts"
export * as live from "./repo/live.ts"
export * as messages from "./repo/messages.ts"
export * as passkeys from "./repo/passkeys.ts"
export * as prices from "./repo/prices.ts"
export * as runs from "./repo/runs.ts"
export * as statement from "./repo/statement.ts"
export type { StoredResponse } from "./repo/stored-responses.ts"
export * as storedResponses from "./repo/stored-responses.ts"
export * as suspendedKeys from "./repo/suspended-keys.ts"
export * as users from "./repo/users.ts"
export * from "./schema/billing.ts"
export * from "./schema/chat.ts"
export * from "./schema/identity.ts"
export type { Tables } from "./schema/index.ts"
