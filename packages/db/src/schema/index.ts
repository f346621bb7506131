import type { Columns } from "../dialect/columns.ts"
import { billingTables } from "./billing.ts"
import { chatTables } from "./chat.ts"
import { identityTables } from "./identity.ts"
import { operationsTables } from "./operations.ts"
import { relayTables } from "./relay.ts"
import { routingTables } from "./routing.ts"

export const defineTables = (c: Columns) => ({
  ...identityTables(c),
  ...chatTables(c),
  ...routingTables(c),
  ...relayTables(c),
  ...billingTables(c),
  ...operationsTables(c),
})
export type Tables = ReturnType<typeof defineTables>
