import type { ModelView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatPoints } from "../../lib/format.ts"

/** What a model costs, in a few words. */
export function usePriceLabel() {
  const { t } = useTranslation()
  return ({ price }: ModelView): string => {
    if (!price) return t("model.unpriced")
    if (price.type === "free") return t("model.free")
    if (price.type === "per-request")
      return t("model.perRequest", { points: formatPoints(price.output) })
    return t("model.perToken", {
      input: formatPoints(price.input),
      output: formatPoints(price.output),
    })
  }
}
