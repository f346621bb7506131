type Secret = string | Uint8Array

export const hmacSha256 = (key: Secret, text: string) =>
  new Bun.CryptoHasher("sha256", key).update(text).digest()

export const hmacSha1 = (key: Secret, text: string) =>
  new Bun.CryptoHasher("sha1", key).update(text).digest()

export const sha256Hex = (text: string) => new Bun.CryptoHasher("sha256").update(text).digest("hex")

export const md5Hex = (text: string) => new Bun.CryptoHasher("md5").update(text).digest("hex")

/** A key derived step by step: each word is signed with what came before. */
export const deriveKey = (secret: string, words: readonly string[]) =>
  words.reduce<Secret>((key, word) => hmacSha256(key, word), secret)

/** `20231114T221320Z`, as the signatures of the AWS family write a time. */
export const compactTime = (now: number) => new Date(now).toISOString().replace(/[-:]|\.\d+/g, "")
