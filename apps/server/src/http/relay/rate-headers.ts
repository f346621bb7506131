import type { Rates } from "../../core/generation/take-turn.ts"

/**
 * What is left of the limits per minute, in the words every client of OpenAI's API reads. `reset` is
 * the time until the limit is whole again, as `1m4.2s` or `80ms`.
 * @see https://platform.openai.com/docs/guides/rate-limits
 */
export function rateHeaders(rates: Rates): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const what of ["requests", "tokens"] as const) {
    const rate = rates[what]
    if (!rate) continue
    headers[`x-ratelimit-limit-${what}`] = String(rate.limit)
    headers[`x-ratelimit-remaining-${what}`] = String(rate.left)
    headers[`x-ratelimit-reset-${what}`] = inWords(rate.resetMs)
  }
  return headers
}

function inWords(ms: number): string {
  if (ms < 1_000) return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const seconds = `${Math.round((ms % 60_000) / 100) / 10}s`
  return minutes > 0 ? `${minutes}m${seconds}` : seconds
}
