/** Deeper than this nobody asks; what is deeper has no canonical form. */
const depthMax = 100

/**
 * JSON in the one form that all ways to write the same value share: keys sorted, no blanks.
 * @returns undefined when it is nested too deeply
 */
export function canonical(value: unknown, depth = 0): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  if (depth > depthMax) return undefined
  const parts: string[] = []
  if (Array.isArray(value)) {
    for (const one of value) {
      const part = canonical(one, depth + 1)
      if (part === undefined) return undefined
      parts.push(part)
    }
    return `[${parts.join(",")}]`
  }
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key]
    if (member === undefined) continue
    const part = canonical(member, depth + 1)
    if (part === undefined) return undefined
    parts.push(`${JSON.stringify(key)}:${part}`)
  }
  return `{${parts.join(",")}}`
}
