/** What the server takes. */
const percentMax = 10_000

/**
 * A change as people type it: `10`, `+7,5`, `-12.25`, `10 %`.
 * @returns undefined for what is not such a number, changes nothing, or leaves nothing
 */
export function readPercent(text: string): number | undefined {
  const [, sign = "", number = ""] =
    /^([+-]|−)?\s*(\d{1,5}(?:[.,]\d{1,2})?)\s*%?$/.exec(text.trim()) ?? []
  if (number === "") return undefined
  const size = Number(number.replace(",", "."))
  const percent = sign === "" || sign === "+" ? size : -size
  return percent > -100 && percent <= percentMax && percent !== 0 ? percent : undefined
}
