import type { Plan, PlansView } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Section } from "../../ui/section.tsx"
import { Select } from "../../ui/select.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { ChangePlan } from "./change-plan.tsx"
import { OwnPlan } from "./own-plan.tsx"
import { PlanCard } from "./plan-card.tsx"
import { monthsOf, usePlanName } from "./plan-words.ts"

/** What one has, and what there is to have. */
export function PlanPage() {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const { data: view, error, refetch } = trpc.plan.view.useQuery()
  if (view)
    return (
      <>
        <OwnPlan view={view} />
        <Offers view={view} />
      </>
    )
  if (!error) return <Skeleton className="h-64 rounded-lg" />
  return (
    <ErrorState
      title={sentence(error)}
      retryLabel={t("common.retry")}
      onRetry={() => void refetch()}
    />
  )
}

function Offers({ view }: { view: PlansView }) {
  const { t } = useTranslation("plans")
  const nameOf = usePlanName()
  const [months, setMonths] = useState(1)
  const [chosen, setChosen] = useState<Plan>()
  const { plans, discounts, subscription } = view
  if (plans.length === 0) return <Section title={t("offers")} text={t("offers.none")} />
  const had = subscription?.level ?? 0

  return (
    <Section title={t("offers")} text={t("offers.text")}>
      <Select
        aria-label={t("months")}
        className="max-w-48"
        value={months}
        onChange={(event) => setMonths(Number(event.target.value))}
      >
        {monthsOf(discounts).map((count) => (
          <option key={count} value={count}>
            {t("monthCount", { count })}
          </option>
        ))}
      </Select>
      <div className="mt-4 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {plans.map((plan) => (
          <PlanCard
            key={plan.level}
            plan={plan}
            months={months}
            discounts={discounts}
            current={plan.level === had}
            action={
              <Button
                variant={plan.level > had ? "primary" : "secondary"}
                aria-label={`${t(actOf(plan.level, had))}: ${nameOf(plan)}`}
                onClick={() => setChosen(plan)}
              >
                {t(actOf(plan.level, had))}
              </Button>
            }
          />
        ))}
      </div>
      {chosen && (
        <ChangePlan
          choice={{ level: chosen.level, months }}
          name={nameOf(chosen)}
          view={view}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Section>
  )
}

function actOf(level: number, had: number) {
  if (had === 0) return "act.new"
  if (level === had) return "act.renew"
  return level > had ? "act.upgrade" : "act.downgrade"
}
