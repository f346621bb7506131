import { type PriceDetails, type PriceRule, rateMax } from "../../contract/index.ts"

/** Hundredths of a percent, in which a change is whole. */
const perHundred = 100
const whole = 100n * BigInt(perHundred)

/**
 * The rule with every rate so many percent higher, or lower; each is rounded to the nearest micropoint.
 * @param percent above −100, with two digits behind the point
 */
export function scaleRule(rule: PriceRule, percent: number): PriceRule {
  const factor = whole + BigInt(Math.round(percent * perHundred))
  const scaled = (rate: number) => {
    const exact = (BigInt(rate) * factor + whole / 2n) / whole
    return exact > BigInt(rateMax) ? rateMax : Number(exact)
  }
  const details = rule.details && scaledDetails(rule.details, scaled)
  return {
    ...rule,
    input: scaled(rule.input),
    output: scaled(rule.output),
    ...(details && { details }),
  }
}

function scaledDetails(
  { longContext, ...rates }: PriceDetails,
  scaled: (rate: number) => number,
): PriceDetails {
  return {
    ...scaledRates(rates, scaled),
    ...(longContext && {
      longContext: {
        ...scaledRates(longContext, scaled),
        aboveTokens: longContext.aboveTokens,
      },
    }),
  }
}

const scaledRates = <Rates extends Record<string, number | undefined>>(
  rates: Rates,
  scaled: (rate: number) => number,
) =>
  Object.fromEntries(
    Object.entries(rates).map(([name, rate]) => [name, rate === undefined ? rate : scaled(rate)]),
  ) as Rates
