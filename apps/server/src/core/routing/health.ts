import type { UpstreamError } from "@nio/adapters"
import type { LiveChannel, LiveKey } from "../live/live.ts"
import type { Attempt } from "./attempts.ts"
import {
  type Rest,
  reasonIn,
  restAfter,
  restAfterSuccess,
  type Subject,
  subjectOf,
} from "./rest.ts"

/** Who is left alone for a while. What the other nodes find out is told by `shareHealth`. */
export type Health = {
  /** Whether the channel takes part in the draw for a model, by the upstream's own name of it. */
  isWell(channel: LiveChannel, model: string): boolean
  /** Keys that may be used for the model now. */
  usableKeys(channel: LiveChannel, model: string): readonly LiveKey[]
  /** When this attempt would be welcome: 0 for at once. */
  welcomeAt(attempt: Attempt): number
  /** When the channel can be asked for the model: 0 for at once, Infinity for until somebody acts. */
  backAt(channel: LiveChannel, model: string): number
  /** Of those whose rest is over, one request at a time finds out. */
  begins(attempt: Attempt): void
  /** @returns what it comes to; undefined when the failure is the caller's own */
  failed(attempt: Attempt, error: UpstreamError): Rest | undefined
  succeeded(attempt: Attempt): void
  /** Given up by the caller: nothing was learned. */
  abandoned(attempt: Attempt): void
  /** Puts back in use what the subject names, and what is within it. */
  restore(subject: Subject): void
  /** Everything known, also what is over. */
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
const memoryMs = 3_600_000

type Rests = Map<string, Rest>

export function createHealth(now: () => number): Health {
  const channels = new Map<string, Rests>()
  let tell: (entry: HealthEntry) => void = () => undefined

  const isOut = (rest: Rest | undefined, at: number) =>
    rest !== undefined && (rest.until > at || rest.probeUntil > at)

  function set(subject: Subject, rest: Rest) {
    const rests: Rests = channels.get(subject.channelId) ?? new Map()
    channels.set(subject.channelId, rests)
    forgetOld(rests, rest.at)
    rests.set(nameOf(subject), rest)
  }

  function change(subject: Subject, rest: Rest) {
    set(subject, rest)
    tell({ ...subject, rest })
  }

  /** What is known of an attempt's channel, model, key, and key for the model. */
  function* restsOf({ channel, key, model }: Attempt): Generator<[Subject, Rest]> {
    const rests = channels.get(channel.id)
    if (!rests) return
    for (const subject of [
      { channelId: channel.id },
      { channelId: channel.id, model },
      { channelId: channel.id, keyId: key.id },
      { channelId: channel.id, keyId: key.id, model },
    ]) {
      const rest = rests.get(nameOf(subject))
      if (rest) yield [subject, rest]
    }
  }

  return {
    isWell(channel, model) {
      const rests = channels.get(channel.id)
      if (!rests) return channel.awake.length > 0
      const at = now()
      if (isOut(rests.get("/"), at) || isOut(rests.get(`/${model}`), at)) return false
      return channel.awake.some((key) => isUsable(rests, key, model, at))
    },

    usableKeys({ id, awake }, model) {
      const rests = channels.get(id)
      if (!rests) return awake
      const at = now()
      return awake.filter((key) => isUsable(rests, key, model, at))
    },

    welcomeAt(attempt) {
      let latest = 0
      for (const [, { until }] of restsOf(attempt)) latest = Math.max(latest, until)
      return latest
    },

    backAt({ id, awake }, model) {
      const rests = channels.get(id)
      const until = (name: string) => rests?.get(name)?.until ?? 0
      const keysBack = awake.map((key) =>
        Math.max(until(`${key.id}/`), until(`${key.id}/${model}`)),
      )
      return Math.max(until("/"), until(`/${model}`), Math.min(...keysBack))
    },

    begins(attempt) {
      const at = now()
      for (const [subject, rest] of restsOf(attempt))
        if (rest.until > 0 && rest.until <= at)
          change(subject, { ...rest, probeUntil: at + probeMs, at })
    },

    failed(attempt, error) {
      const reason = reasonIn(error)
      if (!reason) return undefined
      const { channel, key, model, beganAt } = attempt
      const at = now()
      const subject = subjectOf(reason, { channelId: channel.id, keyId: key.id, model })
      const before = channels.get(channel.id)?.get(nameOf(subject))
      // Of many that fail at once each knows the same: it counts once.
      if (before && beganAt < before.at) return before
      const rest = restAfter(error, reason, before, at)
      change(subject, rest)
      return rest
    },

    succeeded(attempt) {
      if (channels.size === 0) return
      const at = now()
      for (const [subject, rest] of restsOf(attempt)) {
        const proves = attempt.beganAt >= rest.at && (rest.failures > 0 || rest.until > 0)
        if (proves) change(subject, restAfterSuccess(rest, at))
      }
    },

    abandoned(attempt) {
      for (const [subject, rest] of restsOf(attempt))
        if (rest.probeUntil > 0) change(subject, { ...rest, probeUntil: 0 })
    },

    restore(wanted) {
      const at = now()
      for (const [name, rest] of channels.get(wanted.channelId) ?? []) {
        const subject = subjectNamed(wanted.channelId, name)
        const meant =
          (wanted.keyId === undefined || wanted.keyId === subject.keyId) &&
          (wanted.model === undefined || wanted.model === subject.model)
        if (meant) change(subject, { ...rest, failures: 0, until: 0, probeUntil: 0, at })
      }
    },

    entries: () =>
      [...channels].flatMap(([channelId, rests]) =>
        [...rests].map(([name, rest]) => ({ ...subjectNamed(channelId, name), rest })),
      ),

    learn(entries) {
      for (const { rest, ...subject } of entries) {
        const known = channels.get(subject.channelId)?.get(nameOf(subject))
        if (!known || known.at < rest.at) set(subject, rest)
      }
    },

    onChange(listener) {
      tell = listener
    },
  }

  function isUsable(rests: Rests, key: LiveKey, model: string, at: number) {
    return !isOut(rests.get(`${key.id}/`), at) && !isOut(rests.get(`${key.id}/${model}`), at)
  }
}

function forgetOld(rests: Rests, at: number) {
  for (const [name, rest] of rests)
    if (rest.at < at - memoryMs && rest.until < at) rests.delete(name)
}

/** Neither ids nor hashes hold a slash; a model may. */
const nameOf = ({ keyId = "", model = "" }: Subject) => `${keyId}/${model}`

function subjectNamed(channelId: string, name: string): Subject {
  const slash = name.indexOf("/")
  return {
    channelId,
    keyId: name.slice(0, slash) || undefined,
    model: name.slice(slash + 1) || undefined,
  }
}
