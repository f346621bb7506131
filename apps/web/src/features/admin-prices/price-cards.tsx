import type { PriceView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatYuan } from "../../lib/format.ts"
import { formatRate, rateInYuan } from "../../lib/rate.ts"
import { usePriceDetails } from "../../lib/use-price-details.ts"
import { PriceActions } from "./price-actions.tsx"
import type { PriceListProps } from "./price-list.tsx"
import { RuleModels } from "./rule-models.tsx"

/** The same as the table, where that does not fit. */
export const PriceCards = ({ prices, onEdit }: PriceListProps) => (
  <ol className="divide-y divide-line border-line border-y">
    {prices.map((price, at) => (
      <li key={price.id} className="grid gap-2 py-3 tabular-nums">
        <div className="flex items-start gap-3">
          <span className="w-4 shrink-0 pt-2 text-muted text-xs">{at + 1}</span>
          <div className="min-w-0 grow pt-1.5">
            <Rate price={price} />
          </div>
          <PriceActions price={price} onEdit={() => onEdit(price)} />
        </div>
        <div className="pl-7">
          <RuleModels prices={prices} at={at} />
        </div>
      </li>
    ))}
  </ol>
)

function Rate({ price }: { price: PriceView }) {
  const details = usePriceDetails()
  const { t } = useTranslation("admin")
  const { points, yuan } = inWords()
  return (
    <>
      <p className="font-medium">{points}</p>
      {yuan && <p className="text-muted text-xs">{yuan}</p>}
      {price.details && (
        <p className="mt-1 text-muted text-xs">{details(price.details).join(" · ")}</p>
      )}
    </>
  )

  function inWords(): { points: string; yuan?: string } {
    const { type, input, output } = price
    if (type === "free") return { points: t("prices.type.free") }
    if (type === "per-request")
      return {
        points: t("prices.perRequest", { points: formatRate(output) }),
        yuan: formatYuan(rateInYuan(output)),
      }
    return {
      points: t("prices.perToken", { input: formatRate(input), output: formatRate(output) }),
      yuan: [input, output].map((rate) => formatYuan(rateInYuan(rate))).join(" · "),
    }
  }
}
