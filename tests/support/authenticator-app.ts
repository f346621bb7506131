import { createHmac } from "node:crypto"

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/** What somebody's telephone shows for this secret at a moment: RFC 6238, written anew as a second opinion. */
export function codeAt(secret: string, at: number): string {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
  const bytes = bits.join("").match(/.{8}/g) ?? []
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac("sha1", key).update(step).digest()
  const place = (hash.at(-1) ?? 0) & 0x0f
  return String((hash.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0")
}
