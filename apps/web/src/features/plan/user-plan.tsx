import type { Plan, PlanConfig, PlanUsage, SubscriptionView } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatCount, formatDate, formatDateTime } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { usePlanName } from "./plan-words.ts"
import { ReleaseUsage } from "./release-usage.tsx"
import { SetPlan } from "./set-plan.tsx"
import { UsageBars } from "./usage-bars.tsx"

/** The plan of one account as an administrator sees it, and what they may do about it. */
export function UserPlan({ userId }: { userId: string }) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const had = trpc.user.subscription.useQuery({ userId })
  const config = trpc.plan.config.useQuery()
  const error = had.error ?? config.error
  if (had.data && config.data) return <Known userId={userId} {...had.data} config={config.data} />
  if (!error) return <Skeleton className="h-40 rounded-lg" />
  return (
    <ErrorState
      title={sentence(error)}
      retryLabel={t("common.retry")}
      onRetry={() => void Promise.all([had.refetch(), config.refetch()])}
    />
  )
}

function Known(props: {
  userId: string
  subscription: SubscriptionView | null
  usage: PlanUsage[]
  config: PlanConfig
}) {
  const { userId, subscription, usage, config } = props
  const { t } = useTranslation("plans")
  const { t: people } = useTranslation("people")
  const [act, setAct] = useState<"set" | "release">()
  const close = () => setAct(undefined)
  const lasts = isPlan(subscription) && subscription.expiresAt > Date.now()

  return (
    <Section
      title={people("plan")}
      action={
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setAct("set")}>
            {t("grant.change")}
          </Button>
          <Button
            size="sm"
            disabled={usage.every(({ used }) => used === 0)}
            onClick={() => setAct("release")}
          >
            {t("grant.release")}
          </Button>
        </div>
      }
    >
      <div className="grid gap-4">
        {!config.enabled && <PlansAreOff />}
        {isPlan(subscription) ? (
          <Terms subscription={subscription} lasts={lasts} plans={config.plans} />
        ) : (
          <p className="text-muted text-sm">{t("grant.none")}</p>
        )}
        {lasts && usage.length > 0 && <UsageBars usage={usage} />}
        {lasts && usage.length === 0 && <p className="text-muted text-sm">{t("grant.gone")}</p>}
        <p className="text-sm">
          <a className="text-accent underline-offset-2 hover:underline" href="#statement">
            {t("grant.payments")}
          </a>
        </p>
      </div>
      {act === "set" && (
        <SetPlan
          userId={userId}
          subscription={isPlan(subscription) ? subscription : null}
          plans={config.plans}
          onClose={close}
        />
      )}
      {act === "release" && <ReleaseUsage userId={userId} onClose={close} />}
    </Section>
  )
}

/** Level 0 is what an administrator took away. */
const isPlan = (subscription: SubscriptionView | null): subscription is SubscriptionView =>
  subscription !== null && subscription.level > 0

function PlansAreOff() {
  const { t } = useTranslation("plans")
  return (
    <Notice tone="info" title={t("grant.off")}>
      {t("grant.off.text")}{" "}
      <Link to="/admin/plans" className="font-medium underline underline-offset-2">
        {t("grant.off.link")}
      </Link>
    </Notice>
  )
}

function Terms(props: { subscription: SubscriptionView; lasts: boolean; plans: readonly Plan[] }) {
  const { subscription, lasts, plans } = props
  const { t } = useTranslation("plans")
  const nameOf = usePlanName()
  const { level, startedAt, expiresAt, months } = subscription
  const end = formatDate(expiresAt)
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-4 text-sm sm:grid-cols-4">
      <Term name={t("grant.level")}>
        {nameOf(plans.find((one) => one.level === level) ?? { level })}
      </Term>
      <Term name={t("grant.start")}>
        <span title={formatDateTime(startedAt)}>{formatDate(startedAt)}</span>
      </Term>
      <Term name={t("grant.end")}>
        <span title={formatDateTime(expiresAt)} className={lasts ? "" : "text-danger"}>
          {lasts ? end : t("grant.over", { date: end })}
        </span>
      </Term>
      <Term name={t("grant.months")}>{formatCount(months)}</Term>
    </dl>
  )
}

const Term = (props: { name: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="mb-0.5 text-muted text-xs">{props.name}</dt>
    <dd className="tabular-nums [overflow-wrap:anywhere]">{props.children}</dd>
  </div>
)
