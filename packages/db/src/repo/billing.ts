export { type Balance, balanceOf } from "./accounts.ts"
export {
  checkpointHolds,
  type NewHold,
  openHolds,
  type Progress,
  pruneHolds,
  renewHolds,
  sumOpenHolds,
} from "./holds.ts"
export { type End, expireHolds, keepBooks, lateHolds, settleHolds } from "./settle.ts"
export {
  adjustAccount,
  creditAccount,
  debitAccount,
  emptyAccount,
  type Movement,
  spentBy,
} from "./transfers.ts"
export type { UsageEntry } from "./usage.ts"
export { type Difference, verifyLedger } from "./verify.ts"
