/** Entries of a text box: one a line, or parted by commas as pasted lists are. Each one once. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

/**
 * Secrets may hold commas, so only a line break parts them. A service account's file, pasted as it
 * is, goes over many lines and is one secret.
 */
export function secretLines(text: string): string[] {
  const secrets: string[] = []
  let open = ""
  for (const line of text.split("\n")) {
    const soFar = open + line.trim()
    open = isOpen(soFar) ? soFar : ""
    if (!open && soFar) secrets.push(soFar)
  }
  return open ? [...secrets, open] : secrets
}

/** The beginning of an object; behind its end may stand what else belongs to the secret. */
function isOpen(secret: string): boolean {
  if (!secret.startsWith("{")) return false
  try {
    JSON.parse(secret.slice(0, secret.lastIndexOf("}") + 1))
    return false
  } catch {
    return true
  }
}
