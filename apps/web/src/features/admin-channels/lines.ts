/** Entries of a text box: one a line, or parted by commas as pasted lists are. Each one once. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

/** Secrets may hold commas, so only a line break parts them. */
export const secretLines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
