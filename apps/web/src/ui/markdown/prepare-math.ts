/**
 * In order: code, which is left alone; `\[…\]` and `\(…\)`; `$$…$$`; an escaped dollar; `$…$` that
 * hugs its content and is not followed by a digit; and any other dollar, which is money.
 */
const tokens =
  /(?<code>(?<ticks>`+)[\s\S]*?\k<ticks>)|^(?<indent>[ \t]*)(?:\\\[(?<block>[\s\S]*?)\\\]|\$\$(?<line>[^\n$]+)\$\$)[ \t]*$|\\\[(?<display>[\s\S]*?)\\\]|\\\((?<inline>[\s\S]*?)\\\)|(?<kept>\$\$[\s\S]*?\$\$|\\\$|\$(?![\s$])(?:[^$\\\n]|\\.)*?(?<!\s)\$(?!\d))|(?<money>\$)/gm

/** Brings the ways models write formulas into the one the parser knows, and keeps prices as text. */
export function prepareMath(text: string): string {
  if (!/\$|\\[[(]/.test(text)) return text
  return text.replace(tokens, (whole, ...rest) => {
    const found = rest.at(-1) as Record<string, string | undefined>
    const { indent = "", money } = found
    const alone = found.block ?? found.line
    if (alone !== undefined) {
      const formula = alone.trim().replaceAll("\n", `\n${indent}`)
      return `${indent}$$\n${indent}${formula}\n${indent}$$`
    }
    const within = found.display ?? found.inline
    if (within !== undefined)
      return `$${found.display ? "$" : ""}${within.trim()}${found.display ? "$" : ""}$`
    return money ? "\\$" : whole
  })
}
