/** What a spreadsheet takes for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/

/**
 * A line of comma-separated values, without its end. A text that a spreadsheet would run as a
 * formula gets an apostrophe in front; a number stays one.
 */
export const csvLine = (cells: readonly (string | number)[]): string =>
  cells.map((cell) => (typeof cell === "number" ? String(cell) : quoted(cell))).join(",")

function quoted(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
