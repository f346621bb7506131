import type { Micropoints, PlanDiscount } from "../../contract/index.ts"

/** A month, where time is turned into points and back. */
const monthMs = 30n * 86_400_000n

/** So many months at a price, less the discount of as many or fewer; rounded up once. */
export function costOfMonths(
  price: Micropoints,
  months: number,
  discounts: readonly PlanDiscount[],
): Micropoints {
  const percent = 100 - percentOff(months, discounts)
  return exact(ceil(BigInt(price) * BigInt(months) * BigInt(percent), 100n))
}

/** The discount of the greatest number of months that is reached. */
function percentOff(months: number, discounts: readonly PlanDiscount[]): number {
  const reached = discounts.filter((discount) => discount.months <= months)
  return reached.toSorted((a, b) => b.months - a.months)[0]?.percentOff ?? 0
}

/** What the time that is left costs more at the dearer price; rounded up once. */
export function costOfUpgrade(leftMs: number, from: Micropoints, to: Micropoints): Micropoints {
  return to <= from ? 0 : exact(ceil(BigInt(leftMs) * BigInt(to - from), monthMs))
}

/** How long the time that is left lasts at the cheaper price, in whole milliseconds. */
export const stretched = (leftMs: number, from: Micropoints, to: Micropoints): number =>
  from <= to ? leftMs : exact((BigInt(leftMs) * BigInt(from)) / BigInt(to))

const ceil = (sum: bigint, by: bigint): bigint => (sum + by - 1n) / by

/** What is beyond counting is the most there is: nobody has it, and no time is so long. */
const exact = (value: bigint): number =>
  value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value)
