import type { UsageLine } from "./ledger.ts"

/** The widths of the table's columns. */
const countMax = 2 ** 31 - 1
const modelCharsMax = 255
const errorCodeCharsMax = 64

/**
 * A usage line that the database is sure to take. Token counts come from an upstream, which may say
 * anything; a line that cannot be written would keep its hold from ever being settled.
 */
export function storable(line: UsageLine): UsageLine {
  return {
    ...line,
    model: line.model.slice(0, modelCharsMax),
    upstreamModel: line.upstreamModel?.slice(0, modelCharsMax) ?? null,
    attempts: count(line.attempts),
    inputTokens: count(line.inputTokens),
    outputTokens: count(line.outputTokens),
    cachedTokens: count(line.cachedTokens),
    reasoningTokens: count(line.reasoningTokens),
    cacheWriteTokens: count(line.cacheWriteTokens),
    audioTokens: count(line.audioTokens),
    images: count(line.images),
    mediaMs: count(line.mediaMs),
    errorCode: line.errorCode?.slice(0, errorCodeCharsMax) ?? null,
    firstMs: line.firstMs === null ? null : count(line.firstMs),
    totalMs: count(line.totalMs),
  }
}

const count = (value: number): number => (value > 0 ? Math.min(Math.round(value), countMax) : 0)
