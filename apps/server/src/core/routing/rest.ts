import type { UpstreamError } from "@nio/adapters"
import type { RestReason } from "../../contract/index.ts"

/** Who sits out: a channel, or of it a key, a model (by the upstream's name), or a key for a model. */
export type Subject = { channelId: string; keyId?: string | undefined; model?: string | undefined }

/** All times are epoch milliseconds. */
export type Rest = {
  reason: RestReason
  /** The upstream's words; keys and addresses are hidden in them already. */
  message: string
  /** In a row, forgotten by halves: 0 once all is well again. */
  failures: number
  /** When the row began. */
  since: number
  /** 0 when it never came to a rest. Once it is over, one request at a time may look. */
  until: number
  /** Until then somebody is looking. */
  probeUntil: number
  /** Of the last failure: what began before it shows nothing new. */
  failedAt: number
  /** Of the last change: of two nodes the later one is right. */
  at: number
}

type Policy = {
  of: "channel" | "model" | "key" | "key-for-model"
  /** Failures in a row that may be chance. */
  forgiven: number
  /** Doubled with every failure that follows. */
  firstMs: number
  longestMs: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/**
 * What a failure says something about, and for how long. A key without credit or with bad
 * credentials is looked at again from time to time; bad credentials are also written down, and
 * stay out until somebody acts: see `suspendKey`.
 */
const policies: Readonly<Record<RestReason, Policy>> = {
  auth: { of: "key", forgiven: 0, firstMs: minute, longestMs: hour },
  quota: { of: "key", forgiven: 0, firstMs: 10 * minute, longestMs: 6 * hour },
  "rate-limit": { of: "key-for-model", forgiven: 0, firstMs: 2 * second, longestMs: minute },
  "model-missing": { of: "model", forgiven: 0, firstMs: 10 * minute, longestMs: 6 * hour },
  overloaded: { of: "model", forgiven: 1, firstMs: second, longestMs: minute },
  "bad-response": { of: "model", forgiven: 1, firstMs: second, longestMs: minute },
  timeout: { of: "model", forgiven: 0, firstMs: 5 * second, longestMs: 2 * minute },
  network: { of: "channel", forgiven: 0, firstMs: second, longestMs: minute },
}

/** After so long without a failure half of them are forgotten. */
const halfLifeMs = minute
/** What an upstream may ask for at most. */
const askedMsMax = 24 * hour

/** The reason to rest in a failure; undefined when it is the caller's own. */
export function reasonIn({ kind }: UpstreamError): RestReason | undefined {
  return kind === "invalid-request" || kind === "content-filter" ? undefined : kind
}

/** Whether trying another key of the same channel may help, and is no second try of the channel. */
export const isOfKey = (reason: RestReason): boolean => policies[reason].of.startsWith("key")

/** Whether another key of the same channel would fare no better. */
export const isOfChannel = ({ kind }: UpstreamError): boolean =>
  kind === "network" || kind === "timeout" || kind === "model-missing"

export function subjectOf(
  reason: RestReason,
  { channelId, keyId, model }: Required<Subject>,
): Subject {
  switch (policies[reason].of) {
    case "channel":
      return { channelId }
    case "model":
      return { channelId, model }
    case "key":
      return { channelId, keyId }
    case "key-for-model":
      return { channelId, keyId, model }
  }
}

/** The rest after one more failure. */
export function restAfter(
  { message, retryAfterMs }: UpstreamError,
  reason: RestReason,
  before: Rest | undefined,
  now: number,
): Rest {
  const { forgiven, firstMs, longestMs } = policies[reason]
  const failures = (before ? remembered(before, now) : 0) + 1
  const own =
    failures > forgiven ? Math.min(firstMs * 2 ** (failures - forgiven - 1), longestMs) : 0
  const restMs = retryAfterMs === undefined ? own : Math.min(retryAfterMs, askedMsMax)
  const since = before && before.failures > 0 ? before.since : now
  const until = restMs > 0 ? now + restMs : 0
  return { reason, message, failures, since, until, probeUntil: 0, failedAt: now, at: now }
}

/** The rest once an upstream has begun to answer: it is over, but what happens next is watched. */
export const restAfterAnswer = (before: Rest, now: number): Rest => ({
  ...before,
  until: 0,
  probeUntil: 0,
  at: now,
})

/** The rest after an answer that came to its end. */
export const restAfterSuccess = (before: Rest, now: number): Rest => ({
  ...restAfterAnswer(before, now),
  failures: remembered(before, now) >> 1,
})

const remembered = ({ failures, failedAt, until }: Rest, now: number) =>
  failures >> Math.min(31, Math.max(0, Math.floor((now - Math.max(failedAt, until)) / halfLifeMs)))
