import type { PoolConnection } from "mysql2/promise"
import type { SqlValue } from "../db.ts"

/** Statements of a transaction whose outcome nobody waits for yet. */
export type Batch = {
  add(text: string, params: readonly SqlValue[]): void
  /** Sends what was added, if anything, and `last` behind it, in one go. The first failure ends it and is thrown. */
  send(last?: string): Promise<void>
}

/**
 * A row that many want stays locked for as long as its transaction goes to and fro, so what need not
 * be waited for goes out together. The texts are constants; the driver escapes the values in them.
 */
export function createBatch(connection: PoolConnection): Batch {
  const waiting: string[] = []
  return {
    add: (text, params) => void waiting.push(connection.format(text, [...params])),
    async send(last) {
      const statements = [...waiting.splice(0), ...(last ? [last] : [])]
      if (statements.length > 0) await connection.query(statements.join(";\n"))
    },
  }
}
