export { type Balance, balanceOf } from "./accounts.ts"
export {
  checkpointHolds,
  type NewHold,
  type Opened,
  openHolds,
  type Progress,
  pruneHolds,
  renewHolds,
  sumOpenHolds,
} from "./holds.ts"
export { hasUse, type PlanUse } from "./plan-uses.ts"
export { type End, expireHolds, keepBooks, lateHolds, settleHolds } from "./settle.ts"
export {
  adjustAccount,
  creditAccount,
  debitAccount,
  emptyAccount,
  hasTransfer,
  lockBalance,
  type Movement,
  paySite,
  spentBy,
} from "./transfers.ts"
export type { UsageEntry } from "./usage.ts"
export { type Difference, verifyLedger } from "./verify.ts"
