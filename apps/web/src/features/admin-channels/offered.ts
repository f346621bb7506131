import { mappingLine } from "@nio/server/contract/channel"

type Offer = { models: readonly string[]; mapping: readonly string[] }

/** What a line of the mapping does to the names a channel offers. */
export type MappingEffect = {
  line: string
  alias: string
  actual: string
  /** `both` are offered, `actual` is `hidden`, or another line takes precedence over the alias. */
  effect: "both" | "hidden" | "lost"
}

function parse(line: string) {
  const [alias = "", actual = ""] = line.replace(/^!/, "").split(">")
  return { line, alias, actual, hides: line.startsWith("!") }
}

/** Lines that can be read; half typed ones do nothing yet. */
const readable = (mapping: readonly string[]) =>
  mapping.filter((line) => mappingLine.safeParse(line).success).map(parse)

/** The names a channel offers: models and aliases, without what an alias hides. As the server does it. */
export function offeredBy({ models, mapping }: Offer): string[] {
  const lines = readable(mapping)
  const offered = new Set([...models, ...lines.map(({ alias }) => alias)])
  for (const { hides, actual } of lines) if (hides) offered.delete(actual)
  return [...offered]
}

/** Line by line, what it comes to. Of two lines for one alias the later wins. */
export function effectsOf(offer: Offer): MappingEffect[] {
  const offered = new Set(offeredBy(offer))
  const lines = readable(offer.mapping)
  return lines.map(({ line, alias, actual }, at) => {
    const repeated = lines.slice(at + 1).some((later) => later.alias === alias)
    const lost = repeated || !offered.has(alias)
    return { line, alias, actual, effect: lost ? "lost" : offered.has(actual) ? "both" : "hidden" }
  })
}
