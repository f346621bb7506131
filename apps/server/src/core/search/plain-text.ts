/** Longer than this no tag is; what is, is text. */
const tag = /<\/?[a-z!][^<>]{0,2000}>/gi

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hellip: "…",
  ndash: "–",
  mdash: "—",
}

/** What a reader would see of a piece of HTML, on one line. */
export const plainText = (html: string): string =>
  html
    .replace(tag, " ")
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, entity)
    .replace(/\s+/g, " ")
    .trim()

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name) return entities[name.toLowerCase()] ?? whole
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
