import type { Deps } from "../deps.ts"
import { newToken } from "../identity/token.ts"

/** As long as OpenAI keeps its own. */
const keptMs = 60 * 60_000
/** Of base64: larger ones are handed over at once instead. */
const charsMax = 12_000_000

/**
 * Keeps a picture for an hour for whoever knows its name, which cannot be guessed.
 * @returns the name; undefined when it is too large to be kept
 */
export async function keepPicture({ kv }: Deps, base64: string): Promise<string | undefined> {
  if (base64.length > charsMax) return undefined
  const name = newToken()
  await kv.set(keyOf(name), base64, keptMs)
  return name
}

/** Undefined when there is none of this name, or none any more. */
export async function keptPicture({ kv }: Deps, name: string): Promise<Uint8Array | undefined> {
  const base64 = await kv.get(keyOf(name))
  return base64 === undefined ? undefined : Buffer.from(base64, "base64")
}

const keyOf = (name: string) => `picture:${name}`
