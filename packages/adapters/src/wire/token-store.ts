import { sha256Hex } from "./sign/digest.ts"

/** What a key was exchanged for. */
export type Token = { token: string; lifetimeMs: number }

/** More keys than any installation has; beyond it the oldest goes. */
const tokensMax = 1_000
/** A token is asked for anew this long before it ends, so that none ends on its way. */
const marginMs = 5 * 60_000

/** Keeps tokens by a hash of the key they were given for. */
export function createTokenStore() {
  const tokens = new Map<string, { token: string; untilMs: number }>()

  return {
    /** The key's token: a kept one, or a new one. */
    async of(key: string, exchange: () => Promise<Token>): Promise<string> {
      const id = sha256Hex(key)
      const kept = tokens.get(id)
      if (kept && kept.untilMs > Date.now()) return kept.token
      const { token, lifetimeMs } = await exchange()
      tokens.delete(id)
      tokens.set(id, { token, untilMs: Date.now() + lifetimeMs - marginMs })
      const [oldest] = tokens.keys()
      if (tokens.size > tokensMax && oldest !== undefined) tokens.delete(oldest)
      return token
    },
    /** A token that is refused is not offered again. */
    forget: (key: string) => tokens.delete(sha256Hex(key)),
  }
}
