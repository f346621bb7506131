import {
  type ListedOffer,
  type ListRates,
  type PriceList,
  type PriceTerms,
  rateMax,
} from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { scaled } from "../import/decimal.ts"
import { comparedTo } from "./compare-prices.ts"
import { type ListedPrice, listedPrice } from "./listed-price.ts"

/** The list that comes with the program, in points, beside what is in force. Without `rates`, by those of the settings. */
export async function listTemplatePrices(
  deps: Deps,
  actor: Actor,
  asked?: ListRates,
): Promise<PriceList> {
  requireAdmin(actor)
  const live = deps.live.current()
  const rates = asked ?? {
    cnyPerUsd: live.settings["prices.cnyPerUsd"],
    pointsPerCny: live.settings["prices.pointsPerCny"],
  }
  const offers = (await readList()).map((listed): ListedOffer => {
    const { model, provider, mode, note, source, asOf } = listed
    const compared = comparedTo(live, { model, terms: termsAt(rates, listed) })
    const served = live.byModel.has(model)
    return { ...compared, provider, mode, note: note ?? null, source, asOf, served }
  })
  return { rates, offers }
}

let list: ListedPrice[] | undefined

/** Loaded when somebody wants it: most processes never do. */
async function readList(): Promise<ListedPrice[]> {
  if (list) return list
  const { default: lines } = await import("./model-prices.jsonl", { with: { type: "text" } })
  list = lines
    .trim()
    .split("\n")
    .map((line) => listedPrice.parse(JSON.parse(line)))
  return list
}

/** Points of US dollars, worked out by their decimal digits and rounded to a whole micropoint. */
function termsAt({ cnyPerUsd, pointsPerCny }: ListRates, listed: ListedPrice): PriceTerms {
  const factor = decimal(cnyPerUsd) * decimal(pointsPerCny)
  const micro = (usd: number) => Math.min(Number((decimal(usd) * factor + half) / unit), rateMax)
  const { input, output, cachedInput, cacheWrite, longContext, request, second } = listed
  if (request !== undefined)
    return request === 0 ? free : { type: "per-request", input: 0, output: micro(request) }
  const details = {
    ...(cachedInput !== undefined && { cachedInput: micro(cachedInput) }),
    ...(cacheWrite !== undefined && { cacheWrite: micro(cacheWrite) }),
    ...(second !== undefined && { second: micro(second) }),
    ...(longContext && {
      longContext: {
        aboveTokens: longContext.aboveTokens,
        input: micro(longContext.input),
        output: micro(longContext.output),
        ...(longContext.cachedInput !== undefined && {
          cachedInput: micro(longContext.cachedInput),
        }),
      },
    }),
  }
  const isSimple = Object.keys(details).length === 0
  const terms = { type: "per-token" as const, input: micro(input ?? 0), output: micro(output ?? 0) }
  if (isSimple && terms.input + terms.output === 0) return free
  return isSimple ? terms : { ...terms, details }
}

const free: PriceTerms = { type: "free", input: 0, output: 0 }

/** Digits behind the point that a price or a rate may have. */
const digits = 12
const decimal = (value: number): bigint => scaled(value, digits) ?? 0n
/** Three factors of so many digits, in millionths of a point. */
const unit = 10n ** BigInt(3 * digits - 6)
const half = unit / 2n
