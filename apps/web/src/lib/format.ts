import { type Micropoints, toPoints } from "@nio/server/contract/micropoints"
import { language } from "../i18n/language.ts"

/** Formatters are slow to make; one of each kind per language. */
const formatters = new Map<string, Intl.NumberFormat>()
function numberFormat(options: Intl.NumberFormatOptions) {
  const key = `${language.get()} ${JSON.stringify(options)}`
  const format = formatters.get(key) ?? new Intl.NumberFormat(language.get(), options)
  formatters.set(key, format)
  return format
}

export const formatCount = (count: number) => numberFormat({}).format(count)

/**
 * Points as a person reads them: two decimals from one point up, below that three significant
 * digits, so that a cheap answer never looks free. Rounded; `formatPointsExactly` is not.
 */
export function formatPoints(micro: Micropoints): string {
  const points = toPoints(micro)
  return Math.abs(points) >= 1 || points === 0
    ? numberFormat({ maximumFractionDigits: 2 }).format(points)
    : numberFormat({ maximumSignificantDigits: 3 }).format(points)
}

export const formatPointsExactly = (micro: Micropoints) =>
  numberFormat({ maximumFractionDigits: 6 }).format(toPoints(micro))

/** An amount of CNY, given as a decimal so that no digit of it is lost. */
export const formatYuan = (yuan: string) =>
  numberFormat({ style: "currency", currency: "CNY", maximumFractionDigits: 20 }).format(
    yuan as Intl.StringNumericLiteral,
  )

export const formatDate = (ms: number) =>
  new Intl.DateTimeFormat(language.get(), { dateStyle: "medium" }).format(ms)

export const formatDateTime = (ms: number) =>
  new Intl.DateTimeFormat(language.get(), { dateStyle: "medium", timeStyle: "short" }).format(ms)
