import type { PriceView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { Badge } from "../../ui/badge.tsx"
import { RemoveShadowed } from "./remove-shadowed.tsx"
import { takenBy } from "./taken-by.ts"

/** More models of a rule are counted, not named. */
const namedMax = 8

/** The models of a rule. Those that an earlier rule already prices come first and are marked. */
export function RuleModels({ prices, at }: { prices: readonly PriceView[]; at: number }) {
  const { t } = useTranslation("admin")
  const price = prices[at]
  const models = price?.models ?? []
  const taken = takenBy(prices.slice(0, at), models)
  const order = [...taken.keys(), ...models.filter((model) => !taken.has(model))]
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap gap-1.5">
        {order.slice(0, namedMax).map((model) => (
          <Badge key={model} tone={taken.has(model) ? "warning" : "neutral"}>
            <span className="max-w-56 truncate font-mono" title={model}>
              {model}
            </span>
          </Badge>
        ))}
        {models.length > namedMax && <Badge>+{models.length - namedMax}</Badge>}
      </div>
      {[...taken].slice(0, namedMax).map(([model, rule]) => (
        <p key={model} className="text-warning text-xs [overflow-wrap:anywhere]">
          {t("prices.shadowed", { model, rule })}
        </p>
      ))}
      {price && taken.size > 0 && <RemoveShadowed price={price} models={new Set(taken.keys())} />}
    </div>
  )
}
