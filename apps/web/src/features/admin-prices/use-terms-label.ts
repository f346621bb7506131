import type { PriceTerms } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatPoints } from "../../lib/format.ts"
import { usePriceDetails } from "../../lib/use-price-details.ts"

/** What a model costs, with its details, on one line. */
export function useTermsLabel() {
  const { t } = useTranslation("prices")
  const { t: words } = useTranslation()
  const details = usePriceDetails()
  return (terms: PriceTerms): string => [inShort(terms), ...details(terms.details)].join(" · ")

  function inShort({ type, input, output }: PriceTerms) {
    if (type === "free") return t("free")
    if (type === "per-request") return t("perRequest", { points: formatPoints(output) })
    return words("model.perToken", { input: formatPoints(input), output: formatPoints(output) })
  }
}
