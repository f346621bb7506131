import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto"
import type { Vault } from "../core/deps.ts"

const cipher = "aes-256-gcm"
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
/** Tells what was sealed from what was stored before anything was. */
const mark = "sealed:1:"

/** Keys derived from the installation's secret, one per purpose, so that none can stand in for another. */
export function createVault(secret: string): Vault {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", secret, "", `nio ${purpose}`, keyBytes))
  const sealing = derive("seal")
  const tagging = derive("tag")

  return {
    seal(text) {
      const nonce = randomBytes(nonceBytes)
      const sealer = createCipheriv(cipher, sealing, nonce)
      const body = Buffer.concat([sealer.update(text, "utf8"), sealer.final()])
      return mark + Buffer.concat([nonce, sealer.getAuthTag(), body]).toString("base64url")
    },
    open(stored) {
      if (!stored.startsWith(mark)) return undefined
      const bytes = Buffer.from(stored.slice(mark.length), "base64url")
      try {
        const opener = createDecipheriv(cipher, sealing, bytes.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        })
        opener.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
        const body = opener.update(bytes.subarray(nonceBytes + tagBytes))
        return Buffer.concat([body, opener.final()]).toString("utf8")
      } catch {
        return undefined
      }
    },
    tag: (text) => createHmac("sha256", tagging).update(text).digest("hex"),
  }
}
