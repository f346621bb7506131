import type { PlansView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatDate } from "../../lib/format.ts"
import { Section } from "../../ui/section.tsx"
import { usePlanName } from "./plan-words.ts"
import { UsageBars } from "./usage-bars.tsx"

/** What somebody has, until when, and what is used of it. */
export function OwnPlan({ view }: { view: PlansView }) {
  const { t } = useTranslation("plans")
  const nameOf = usePlanName()
  const { subscription, plans, usage } = view
  if (!subscription) return <Section title={t("own")} text={t("own.none")} />
  const plan = plans.find(({ level }) => level === subscription.level) ?? subscription
  const until = formatDate(subscription.expiresAt)
  return (
    <Section title={t("own")} text={t("own.until", { plan: nameOf(plan), date: until })}>
      {usage.length > 0 ? (
        <UsageBars usage={usage} />
      ) : (
        <p className="text-muted text-sm">{t("own.gone")}</p>
      )}
      <p className="mt-3 text-muted text-xs">{t(view.relay ? "own.relay" : "own.noRelay")}</p>
    </Section>
  )
}
