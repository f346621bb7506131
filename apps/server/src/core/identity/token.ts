const tokenBytes = 32
const keyBytes = 36
const hintChars = 4

/** 256 bits nobody can guess, url-safe. */
export const newToken = (): string => randomText(tokenBytes)

/** An API key, `sk-` and 48 url-safe characters, and what is kept of it. */
export function newSecret() {
  const key = `sk-${randomText(keyBytes)}`
  return { key, hash: hashOf(key), hint: key.slice(-hintChars) }
}

/** What is stored of a token or a key. It needs no salt: they have more than 200 bits of chance. */
export const hashOf = (secret: string): string =>
  new Bun.CryptoHasher("sha256").update(secret).digest("hex")

const randomText = (bytes: number): string =>
  crypto
    .getRandomValues(new Uint8Array(bytes))
    .toBase64({ alphabet: "base64url", omitPadding: true })
