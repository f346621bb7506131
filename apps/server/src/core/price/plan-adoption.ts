import type { prices } from "@nio/db"
import type { PriceAdopted, PriceAdoption, PriceRule } from "../../contract/index.ts"
import { keyOf, termsOf } from "./compare-prices.ts"

/** As many models as one rule may list. */
const ruleModelsMax = 2_000

type Row = prices.PriceRow

export type AdoptionPlan = PriceAdopted & {
  /** Rules as they were that lose models, and the models left to them; with none left the rule goes. */
  shrunk: { before: Row; models: string[] }[]
  /** Rules to be added behind all others. */
  appended: PriceRule[]
}

/**
 * How rules change so that each model of `rows` is priced as its row says: it is taken out of every
 * rule that lists it, and listed by a new one. Models of the same price share a rule. Rows that may
 * not overwrite are for models that no rule lists; others are kept as they are.
 */
export function planAdoption(rules: readonly Row[], rows: PriceAdoption["rows"]): AdoptionPlan {
  const listed = new Set(rules.flatMap(modelsOf))
  const open = new Set(
    rules.flatMap((rule) => (rule.type === "free" && rule.anonymous ? modelsOf(rule) : [])),
  )
  const taken = new Map<string, PriceAdoption["rows"][number]>()
  for (const row of rows)
    if (!taken.has(row.model) && (row.overwrite || !listed.has(row.model)))
      taken.set(row.model, row)

  const replaced = [...taken.keys()].filter((model) => listed.has(model)).length
  return {
    added: taken.size - replaced,
    replaced,
    kept: rows.length - taken.size,
    shrunk: rules.flatMap((before) => {
      const models = modelsOf(before).filter((model) => !taken.has(model))
      return models.length < modelsOf(before).length ? [{ before, models }] : []
    }),
    appended: appended([...taken.values()], open),
  }
}

/** Who may use a free model without signing in is this site's to say, and stays as it is. */
function appended(rows: PriceAdoption["rows"], open: ReadonlySet<string>): PriceRule[] {
  const groups = new Map<string, PriceRule>()
  for (const row of rows) {
    const terms = termsOf(row)
    const anonymous = terms.type === "free" && open.has(row.model)
    const key = `${anonymous} ${keyOf(terms)}`
    const group = groups.get(key)
    if (group && group.models.length < ruleModelsMax) group.models.push(row.model)
    else
      groups.set(group ? `${key} ${row.model}` : key, { ...terms, models: [row.model], anonymous })
  }
  return [...groups.values()]
}

/** A row that cannot be read lists nothing, as it does in use. */
const modelsOf = ({ models }: Row): string[] =>
  Array.isArray(models) ? models.filter((model) => typeof model === "string") : []
