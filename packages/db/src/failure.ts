/** Whether a unique key or a primary key was in the way. */
export const isDuplicate = (error: unknown): boolean => hasCode(error, duplicateCodes)

/** Whether the same call may well succeed in a moment: a lock, a lost connection, a server that restarts. */
export const isTransient = (error: unknown): boolean => hasCode(error, transientCodes)

/** Whether MySQL undid the whole transaction because two waited for each other. */
export const isDeadlock = (error: unknown): boolean => hasCode(error, deadlockCodes)

/** Whether the connection is gone, so that whatever it had begun is undone. */
export const isLost = (error: unknown): boolean => hasCode(error, lostCodes)

/** Drizzle wraps the driver's error, so the code may be further down. */
function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && codes.has(at.code)) return true
  }
  return false
}

const duplicateCodes = new Set([
  "ER_DUP_ENTRY",
  "SQLITE_CONSTRAINT_UNIQUE",
  "SQLITE_CONSTRAINT_PRIMARYKEY",
])
const deadlockCodes = new Set(["ER_LOCK_DEADLOCK"])
const lostCodes = new Set([
  "PROTOCOL_CONNECTION_LOST",
  "PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR",
  "ECONNRESET",
  "EPIPE",
  "ER_CONNECTION_KILLED",
  "ER_SERVER_SHUTDOWN",
])
const transientCodes = new Set([
  ...deadlockCodes,
  ...lostCodes,
  "ECONNREFUSED",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ER_LOCK_WAIT_TIMEOUT",
  "ER_CON_COUNT_ERROR",
  "POOL_CLOSED",
  "SQLITE_BUSY",
])
