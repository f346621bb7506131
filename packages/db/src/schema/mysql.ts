import { mysqlColumns } from "../dialect/columns.ts"
import { defineTables } from "./index.ts"

/** Read by drizzle-kit, which wants tables as exports. */
export const {
  users,
  sessions,
  apiKeys,
  conversations,
  messages,
  runs,
  channels,
  prices,
  settings,
  revisions,
  accounts,
  holds,
  transfers,
  usageLog,
  usageHours,
  storedResponses,
  suspendedKeys,
  auditLog,
} = defineTables(mysqlColumns)
