import type { PriceDetails } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatCount, formatPoints } from "./format.ts"

const rates = [
  "cachedInput",
  "cacheWrite",
  "reasoning",
  "audioInput",
  "audioOutput",
  "image",
  "second",
] as const

/** What a model costs beside its two numbers, a few words each. */
export function usePriceDetails() {
  const { t } = useTranslation()
  return (details: PriceDetails | null | undefined): string[] => {
    if (!details) return []
    const words = rates.flatMap((name) => {
      const rate = details[name]
      return rate === undefined ? [] : [t(`price.${name}`, { points: formatPoints(rate) })]
    })
    const long = details.longContext
    return long ? [...words, longWords(long)] : words
  }

  function longWords({ aboveTokens, input, output, cachedInput }: LongContext) {
    const long = t("price.longContext", {
      tokens: formatCount(aboveTokens),
      input: formatPoints(input),
      output: formatPoints(output),
    })
    if (cachedInput === undefined) return long
    return `${long} · ${t("price.cachedInput", { points: formatPoints(cachedInput) })}`
  }
}

type LongContext = NonNullable<PriceDetails["longContext"]>
