import type { Micropoints } from "@nio/server/contract/micropoints"
import { useTranslation } from "react-i18next"
import { formatPoints, formatPointsExactly } from "../../lib/format.ts"

/** From here on, the end is near. */
const nearlyAll = 0.9

/** What was spent: of the cap, with how far that is; without one, of late. */
export function Spent({ spent, cap }: { spent: Micropoints; cap: Micropoints | null }) {
  const { t } = useTranslation("keys")
  const points = formatPoints(spent)
  if (cap === null)
    return (
      <p className="text-muted text-xs tabular-nums" title={formatPointsExactly(spent)}>
        {t("spent.recently", { points })}
      </p>
    )
  const share = cap === 0 ? 1 : Math.min(1, Math.max(0, spent) / cap)
  return (
    <div className="text-xs tabular-nums">
      <p className="text-muted">{t("spent.ofCap", { points, cap: formatPoints(cap) })}</p>
      <div aria-hidden="true" className="mt-1.5 h-1 overflow-hidden rounded-full bg-active">
        <div
          className={`h-full rounded-full ${share >= nearlyAll ? "bg-warning" : "bg-accent"}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  )
}
