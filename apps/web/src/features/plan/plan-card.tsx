import type { Plan, PlanDiscount } from "@nio/server/contract"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { yuanOf } from "../../lib/decimal.ts"
import { formatCount, formatPoints, formatYuan } from "../../lib/format.ts"
import { Badge } from "../../ui/badge.tsx"
import { PlanIcon } from "./plan-icon.tsx"
import { percentOffOf, usePlanName } from "./plan-words.ts"

/** A plan as people see it: what a month costs, and what it covers. */
export function PlanCard(props: {
  plan: Plan
  months: number
  discounts: readonly PlanDiscount[]
  current?: boolean
  action?: ReactNode
}) {
  const { plan, months } = props
  const { t } = useTranslation("plans")
  const nameOf = usePlanName()
  const off = percentOffOf(props.discounts, months)
  const monthly = Math.ceil((plan.price * (100 - off)) / 100)
  return (
    <article
      aria-label={nameOf(plan)}
      className="flex min-w-0 flex-col gap-4 rounded-lg bg-raised p-5 shadow-rest"
    >
      <div>
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="min-w-0 font-semibold text-base [overflow-wrap:anywhere]">
            {nameOf(plan)}
          </h3>
          {props.current && <Badge tone="accent">{t("yours")}</Badge>}
          {off > 0 && <Badge tone="success">{t("off", { percent: off })}</Badge>}
        </div>
        <p className="mt-2 tabular-nums">
          <span className="font-semibold text-xl">{formatPoints(monthly)}</span>{" "}
          <span className="text-muted text-sm">{t("perMonth")}</span>
        </p>
        <p className="text-muted text-xs tabular-nums">{formatYuan(yuanOf(monthly))}</p>
      </div>
      <ul className="grid grow content-start gap-2.5 text-sm">
        {plan.items.map((item) => (
          <li key={item.id} className="flex gap-2.5">
            <span className="mt-0.5">
              <PlanIcon name={item.icon} />
            </span>
            <div className="min-w-0">
              <p>
                {item.name}{" "}
                <span className="text-muted tabular-nums">
                  {item.quota < 0
                    ? t("unlimited")
                    : t("times", { count: item.quota, times: formatCount(item.quota) })}
                </span>
              </p>
              <p className="font-mono text-muted text-xs [overflow-wrap:anywhere]">
                {item.models.slice(0, modelsNamedMax).join(", ")}
                {item.models.length > modelsNamedMax && ` +${item.models.length - modelsNamedMax}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {props.action}
    </article>
  )
}

const modelsNamedMax = 8
