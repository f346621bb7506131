import type { Plan, PlanDiscount } from "@nio/server/contract"
import { useTranslation } from "react-i18next"

/** How a plan is called: as the operator says, or by its level. */
export function usePlanName() {
  const { t } = useTranslation("plans")
  return ({ level, name }: { level: number; name?: Plan["name"] }): string =>
    name ?? t(`level.${level as Plan["level"]}`)
}

/** The numbers of months there are offers for: one, and those with a discount. */
export const monthsOf = (discounts: readonly PlanDiscount[]): number[] => [
  ...new Set([1, ...discounts.map(({ months }) => months)].toSorted((a, b) => a - b)),
]

/** The discount of so many months, in percent. */
export const percentOffOf = (discounts: readonly PlanDiscount[], months: number): number =>
  discounts
    .filter((discount) => discount.months <= months)
    .toSorted((a, b) => b.months - a.months)[0]?.percentOff ?? 0
