/**
 * Makes the price list that administrators import from: one model a line, in US dollars, with source and date.
 *
 *   bun bin/model-prices.ts LIST.json
 *
 * Reads a list of records with `model`, `provider`, `input_per_1m_usd` and the like, and leaves out
 * what has no price or one that is not by tokens, pictures, seconds or requests.
 */
import { type ListedPrice, listedPrice } from "@nio/server/core/price/listed-price"
import { z } from "zod"

const amount = z.number().min(0).nullish()
const sourceRecord = z.object({
  model: z.string(),
  provider: z.string(),
  mode: z.string(),
  input_per_1m_usd: amount,
  output_per_1m_usd: amount,
  cache_read_per_1m_usd: amount,
  cache_write_per_1m_usd: amount,
  per_image_usd: amount,
  per_query_usd: amount,
  per_second_usd: amount,
  price_note: z.string().nullish(),
  source: z.string(),
  as_of: z.string(),
})
type SourceRecord = z.infer<typeof sourceRecord>

const target = new URL("../apps/server/src/core/price/model-prices.jsonl", import.meta.url)

const [path] = process.argv.slice(2)
if (!path) throw new Error("Name the list to read.")
const records = z.array(sourceRecord).parse(await Bun.file(path).json())
const listed = records.flatMap((record) => listedPrice.safeParse(listingOf(record)).data ?? [])
await Bun.write(target, listed.map((one) => `${JSON.stringify(one)}\n`).join(""))
console.log(`${listed.length} of ${records.length} models have a price that can be listed.`)

function listingOf(record: SourceRecord): ListedPrice | undefined {
  const price = priceOf(record)
  if (!price) return undefined
  return {
    model: record.model,
    provider: record.provider,
    mode: record.mode,
    ...price,
    ...(record.price_note && { note: record.price_note }),
    source: record.source,
    asOf: record.as_of,
  }
}

function priceOf(record: SourceRecord) {
  const { input_per_1m_usd: input, output_per_1m_usd: output } = record
  const request = record.per_query_usd ?? record.per_image_usd
  const byTokens = input != null && output != null && input + output > 0
  if (!byTokens && request != null) return { request }
  if (record.per_second_usd) return { input: 0, output: 0, second: record.per_second_usd }
  if (input == null || output == null) return undefined
  const cachedInput = record.cache_read_per_1m_usd || undefined
  const cacheWrite = record.cache_write_per_1m_usd || undefined
  const longContext = longContextOf(record.price_note ?? "", { input, output, cachedInput })
  return {
    input,
    output,
    ...(cachedInput && { cachedInput }),
    ...(cacheWrite && { cacheWrite }),
    ...(longContext && { longContext }),
  }
}

/** Notes on long requests, in the three ways in which the list writes them. */
function longContextOf(
  note: string,
  price: { input: number; output: number; cachedInput: number | undefined },
): ListedPrice["longContext"] {
  const own = /above (\d+)K tokens: ([\d.]+)\/([\d.]+), cache read ([\d.]+)/.exec(note)
  if (own) {
    const [, thousands, input, output, cachedInput] = own.map(Number)
    return {
      aboveTokens: thousands! * 1_000,
      input: input!,
      output: output!,
      cachedInput: cachedInput!,
    }
  }
  const times =
    /above (\d+)K input tokens (?:the whole request bills 2x input\/cache and 1.5x output|2x)/.exec(
      note,
    )
  if (!times) return undefined
  const rounded = (usd: number) => Number(usd.toFixed(6))
  return {
    aboveTokens: Number(times[1]) * 1_000,
    input: rounded(price.input * 2),
    output: rounded(price.output * (note.includes("1.5x output") ? 1.5 : 2)),
    ...(price.cachedInput && { cachedInput: rounded(price.cachedInput * 2) }),
  }
}
