/** Those of the headers that are named here and there. */
export function headersNamed(headers: Headers, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = headers.get(name)
    if (value) found[name] = value
  }
  return found
}
