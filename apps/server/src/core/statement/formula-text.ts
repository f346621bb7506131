import { type ChargeFormula, toPoints } from "../../contract/index.ts"

/** A formula on one line, in points: `1200 input × 2/1M + 300 output × 8/1M = 0.0048`. */
export function formulaText({ steps, total }: ChargeFormula): string {
  const terms = steps.map(({ what, units, rate, per }) => {
    const rated = `${units} ${what} × ${toPoints(rate)}`
    return per === 1 ? rated : `${rated}/1M`
  })
  return terms.length === 0 ? "0" : `${terms.join(" + ")} = ${toPoints(total)}`
}
