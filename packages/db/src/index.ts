export type { Db, SqlValue } from "./db.ts"
export * from "./schema/billing.ts"
export type { Tables } from "./schema/index.ts"
