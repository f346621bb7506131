import type { UpstreamError } from "@nio/adapters"
import type { LiveChannel, LiveKey } from "../live/live.ts"
import type { Attempt } from "./attempts.ts"
import {
  type Rest,
  reasonIn,
  restAfter,
  restAfterAnswer,
  restAfterSuccess,
  type Subject,
  subjectOf,
} from "./rest.ts"
import { allRests, forgetOld, isOver, noRests, type Rests, restOf, setRest } from "./rests.ts"

/** Who is left alone for a while. What the other nodes find out is told by `shareHealth`. */
export type Health = {
  /** Whether the channel takes part in the draw for a model, by the upstream's own name of it. */
  isWell(channel: LiveChannel, model: string): boolean
  /** Keys that may be used for the model now. */
  usableKeys(channel: LiveChannel, model: string): readonly LiveKey[]
  /** Until when an upstream asked not to be asked with this key; 0 when it did not. */
  welcomeAt(attempt: Attempt): number
  /** When the channel can be asked for the model: 0 for at once, Infinity for until somebody acts. */
  backAt(channel: LiveChannel, model: string): number
  /** Of those whose rest is over, one request at a time finds out. */
  begins(attempt: Attempt): void
  /** @returns what it comes to; undefined when the failure is the caller's own */
  failed(attempt: Attempt, error: UpstreamError): Rest | undefined
  /** The first words are there. */
  answered(attempt: Attempt): void
  /** So is the last. */
  succeeded(attempt: Attempt): void
  /** Given up by the caller: nothing was learned. */
  abandoned(attempt: Attempt): void
  /** Puts back in use what the subject names, and what is within it. */
  restore(subject: Subject): void
  /** Everything known, also what has been over for a while; what has been for long is forgotten. */
  entries(): HealthEntry[]
  /** What another node has found out; the later word counts. */
  learn(entries: readonly HealthEntry[]): void
  /** Called with everything that changes here, and not with what is learned. */
  onChange(listener: (entry: HealthEntry) => void): void
}

export type HealthEntry = Subject & { rest: Rest }

/** How long a request that finds out keeps others from doing the same, should it never end. */
const probeMs = 30_000
/** What is over is remembered for so long, so that an older word does not bring it back. */
const memoryMs = 600_000

export function createHealth(now: () => number): Health {
  const channels = new Map<string, Rests>()
  let tell: (entry: HealthEntry) => void = () => undefined

  function set(subject: Subject, rest: Rest) {
    const rests = channels.get(subject.channelId) ?? noRests()
    channels.set(subject.channelId, rests)
    setRest(rests, subject, rest)
  }

  function change(subject: Subject, rest: Rest) {
    set(subject, rest)
    tell({ ...subject, rest })
  }

  /** What is known of an attempt's channel, model, key, and key for the model. */
  function* known({ channel, key, model }: Attempt): Generator<[Subject, Rest]> {
    const rests = channels.get(channel.id)
    if (!rests) return
    const channelId = channel.id
    const ofKey = { channelId, keyId: key.id }
    for (const subject of [{ channelId }, { channelId, model }, ofKey, { ...ofKey, model }]) {
      const rest = restOf(rests, subject)
      if (rest) yield [subject, rest]
    }
  }

  return {
    isWell(channel, model) {
      const rests = channels.get(channel.id)
      if (!rests) return channel.awake.length > 0
      const at = now()
      if (isOut(rests.whole, at) || isOut(rests.byModel.get(model), at)) return false
      return channel.awake.some((key) => isUsable(rests, key, model, at))
    },

    usableKeys({ id, awake }, model) {
      const rests = channels.get(id)
      if (!rests || rests.ofKeys.size === 0) return awake
      const at = now()
      return awake.filter((key) => isUsable(rests, key, model, at))
    },

    welcomeAt(attempt) {
      let latest = 0
      for (const [, { reason, until }] of known(attempt))
        if (reason === "rate-limit") latest = Math.max(latest, until)
      return latest
    },

    backAt({ id: channelId, awake }, model) {
      const rests = channels.get(channelId) ?? noRests()
      const until = (within: Parameters<typeof restOf>[1]) => backIn(restOf(rests, within))
      const keysBack = awake.map(({ id }) =>
        Math.max(until({ keyId: id }), until({ keyId: id, model })),
      )
      return Math.max(until({}), until({ model }), Math.min(...keysBack))
    },

    begins(attempt) {
      const { beganAt } = attempt
      for (const [subject, rest] of known(attempt))
        if (rest.until > 0 && rest.until <= beganAt)
          change(subject, { ...rest, probeUntil: beganAt + probeMs, at: beganAt })
    },

    failed(attempt, error) {
      const reason = reasonIn(error)
      if (!reason) return undefined
      const { channel, key, model, beganAt } = attempt
      const subject = subjectOf(reason, { channelId: channel.id, keyId: key.id, model })
      const rests = channels.get(channel.id)
      const before = rests && restOf(rests, subject)
      // Of many that fail at once each knows the same: it counts once.
      if (before && beganAt < before.failedAt) return before
      const rest = restAfter(error, reason, before, now())
      change(subject, rest)
      return rest
    },

    answered(attempt) {
      if (channels.size === 0) return
      for (const [subject, rest] of known(attempt))
        if (rest.until > 0 && attempt.beganAt >= rest.failedAt)
          change(subject, restAfterAnswer(rest, now()))
    },

    succeeded(attempt) {
      if (channels.size === 0) return
      for (const [subject, rest] of known(attempt))
        if (rest.failures > 0 && attempt.beganAt >= rest.failedAt)
          change(subject, restAfterSuccess(rest, now()))
    },

    abandoned(attempt) {
      for (const [subject, rest] of known(attempt))
        if (rest.probeUntil > 0) change(subject, { ...rest, probeUntil: 0, at: now() })
    },

    restore({ channelId, keyId, model }) {
      const rests = channels.get(channelId)
      if (!rests) return
      for (const [subject, rest] of [...allRests(channelId, rests)])
        if (
          (keyId === undefined || keyId === subject.keyId) &&
          (model === undefined || model === subject.model)
        )
          change(subject, { ...rest, failures: 0, until: 0, probeUntil: 0, at: now() })
    },

    entries() {
      const before = now() - memoryMs
      for (const [channelId, rests] of channels)
        if (!forgetOld(rests, before)) channels.delete(channelId)
      return [...channels].flatMap(([channelId, rests]) =>
        [...allRests(channelId, rests)].map(([subject, rest]) => ({ ...subject, rest })),
      )
    },

    learn(entries) {
      const oldest = now() - memoryMs
      for (const { rest, ...subject } of entries) {
        if (isOver(rest, oldest)) continue
        const rests = channels.get(subject.channelId)
        const before = rests && restOf(rests, subject)
        if (!before || before.at < rest.at) set(subject, rest)
      }
    },

    onChange(listener) {
      tell = listener
    },
  }
}

/** Who lacks a model, or does not accept us, is not back when a time is over. */
const backIn = (rest: Rest | undefined) => {
  if (!rest || rest.until === 0) return 0
  return rest.reason === "auth" || rest.reason === "model-missing"
    ? Number.POSITIVE_INFINITY
    : rest.until
}

const isOut = (rest: Rest | undefined, at: number) =>
  rest !== undefined && (rest.until > at || rest.probeUntil > at)

function isUsable(rests: Rests, { id: keyId }: LiveKey, model: string, at: number): boolean {
  if (rests.ofKeys.size === 0) return true
  return !isOut(restOf(rests, { keyId }), at) && !isOut(restOf(rests, { keyId, model }), at)
}
