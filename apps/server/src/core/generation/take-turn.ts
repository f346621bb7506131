import type { Usage } from "@nio/adapters"
import { type Actor, isAnonymous } from "../actor.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError, type ErrorCode } from "../error.ts"
import type { Live } from "../live/live.ts"
import type { Ask } from "./generation.ts"
import { limitVisitors } from "./limit-visitors.ts"

/** A limit per minute: what is left of it, and when it will be whole again. */
export type Rate = { limit: number; left: number; resetMs: number }
export type Rates = { requests?: Rate; tokens?: Rate }

/** One request's place among those its key and its owner may make. */
export type Turn = {
  /** Gives the place back, as soon as nothing more is to be said: a caller may ask again at once. */
  leave(): void
  /** Tells what was used in the end. Once. */
  settle(used: Tokens): void
}

type Tokens = Pick<Usage, "input" | "output">
type Asking = Pick<Ask, "id" | "actor" | "trace">

/**
 * Makes a request wait its turn: how many of the same key are under way, and how many requests and
 * tokens the last minute has seen. The trace hears of the limits, also of the one that refuses.
 *
 * @throws AppError `rate.limited`, `key.requests`, `key.tokens`, `key.tokens-never`, `key.concurrency`
 */
export async function takeTurn(
  deps: Deps,
  live: Live,
  ask: Asking,
  expected: Tokens,
): Promise<Turn> {
  await limitVisitors(deps, ask.actor)
  const place = await takePlace(deps, ask)
  try {
    await drawRequest(deps, ask, sitePerMinute(live, ask.actor))
    await drawRequest(deps, ask, keyPerMinute(ask.actor))
    const settle = await drawTokens(deps, ask, expected)
    return {
      leave: () => place?.leave(),
      settle: ({ input, output }) => settle?.(input + output),
    }
  } catch (error) {
    place?.leave()
    throw error
  }
}

type PerMinute = { key: string; limit: number | null; code: ErrorCode }

/** Visitors share one id; they have limits of their own. */
const sitePerMinute = ({ settings }: Live, actor: Actor): PerMinute => ({
  key: `rate:${actor.userId}`,
  limit: (!isAnonymous(actor) && settings["limits.requestsPerMinute"]) || null,
  code: "rate.limited",
})

const keyPerMinute = ({ keyId, keyTerms }: Actor): PerMinute => ({
  key: `key-rate:${keyId}`,
  limit: keyTerms?.limits.requestsPerMinute ?? null,
  code: "key.requests",
})

async function drawRequest({ kv }: Deps, { trace }: Asking, { key, limit, code }: PerMinute) {
  if (limit === null) return
  const { waitMs, fullMs } = await kv.draw(key, bucketOf(limit), 1)
  const rate = rateOf(limit, fullMs)
  trace?.limited("requests", rate)
  if (waitMs > 0)
    throw new AppError(code, { limit, left: rate.left, seconds: Math.ceil(waitMs / 1_000) })
}

/**
 * What an answer will take is not known before its end: the expected is taken now and set right
 * then. Only as much is expected as the limit allows, or a caller who asks for the longest answer
 * there is would get none at all.
 *
 * @returns what is to be called with the tokens that were used; nothing without such a limit
 */
async function drawTokens({ kv, log }: Deps, { actor, trace }: Asking, expected: Tokens) {
  const limit = actor.keyTerms?.limits.tokensPerMinute ?? null
  if (limit === null) return undefined
  const key = `key-tokens:${actor.keyId}`
  const bucket = bucketOf(limit)
  const needed = Math.max(expected.input, Math.min(expected.input + expected.output, limit))
  const { waitMs, fullMs } = await kv.draw(key, bucket, needed)
  const rate = rateOf(limit, fullMs)
  trace?.limited("tokens", rate)
  const { left } = rate
  if (needed > limit) throw new AppError("key.tokens-never", { limit, left, needed })
  if (waitMs > 0)
    throw new AppError("key.tokens", { limit, left, needed, seconds: Math.ceil(waitMs / 1_000) })
  return (used: number) => {
    kv.draw(key, bucket, used - needed, true).catch((cause) =>
      log.warn("the tokens of a key were not set right", { keyId: actor.keyId, cause }),
    )
  }
}

/** Who dies stops renewing, and the place is free again after this long. */
const placeMs = 30_000
const renewMs = 10_000
/** When a place will be free is not known: soon, as a rule. */
const tryAgainSeconds = 1

async function takePlace({ kv, log }: Deps, { id, actor: { keyId, keyTerms } }: Asking) {
  const limit = keyTerms?.limits.concurrency ?? null
  if (limit === null) return undefined
  const key = `key-places:${keyId}`
  if (!(await kv.lease(key, id, limit, placeMs)))
    throw new AppError("key.concurrency", { limit, left: 0, seconds: tryAgainSeconds })

  const late = (cause: unknown) => log.warn("the place of a request was not kept", { keyId, cause })
  const renewal = setInterval(() => kv.lease(key, id, limit, placeMs).catch(late), renewMs)
  renewal.unref()
  return {
    leave() {
      clearInterval(renewal)
      kv.release(key, id).catch(late)
    },
  }
}

const bucketOf = (perMinute: number): Bucket => ({
  capacity: perMinute,
  perSecond: perMinute / 60,
})

function rateOf(limit: number, fullMs: number): Rate {
  const left = Math.floor(limit - (fullMs * limit) / 60_000)
  return { limit, left: Math.max(0, left), resetMs: Math.ceil(fullMs) }
}
