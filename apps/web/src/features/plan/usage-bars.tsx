import type { PlanUsage } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatCount, formatDateTime } from "../../lib/format.ts"
import { PlanIcon } from "./plan-icon.tsx"

/** What is used of each item this month, and when it starts anew. */
export const UsageBars = ({ usage }: { usage: readonly PlanUsage[] }) => (
  <ul className="grid gap-5 rounded-lg bg-panel p-5">
    {usage.map((item) => (
      <UsageBar key={item.id} item={item} />
    ))}
  </ul>
)

function UsageBar({ item }: { item: PlanUsage }) {
  const { t } = useTranslation("plans")
  const limited = item.quota >= 0
  const share = item.quota > 0 ? Math.min(1, item.used / item.quota) : 0
  const used = formatCount(item.used)
  return (
    <li className="grid gap-1.5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
        <PlanIcon name={item.icon} />
        <span className="min-w-0 grow font-medium [overflow-wrap:anywhere]">{item.name}</span>
        <span className="tabular-nums">
          {limited ? `${used} / ${formatCount(item.quota)}` : t("used.unlimited", { used })}
        </span>
      </div>
      {limited && (
        <>
          <meter
            aria-label={item.name}
            className="sr-only"
            min={0}
            max={item.quota}
            value={Math.min(item.used, item.quota)}
          />
          <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-active">
            <div
              className={`h-full rounded-full ${share >= 1 ? "bg-warning" : "bg-accent"}`}
              style={{ width: `${share * 100}%` }}
            />
          </div>
        </>
      )}
      <p className="text-muted text-xs">
        {limited && <>{t("resets", { date: formatDateTime(item.resetsAt) })} · </>}
        <span className="font-mono [overflow-wrap:anywhere]">{item.models.join(", ")}</span>
      </p>
    </li>
  )
}
