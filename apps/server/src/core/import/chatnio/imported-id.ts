/**
 * The id of what comes from elsewhere: made of the time it was made there and of what it was there, so
 * that an import that is cut off and begun again makes the very same rows. Sorts by time like any id.
 */
export function importedId(at: number, ...names: readonly (string | number)[]): string {
  const time = Math.max(0, at).toString(16).padStart(12, "0")
  const hash = new Bun.CryptoHasher("sha256").update(names.join("\n")).digest("hex")
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-a${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}
