import type { UpstreamError } from "@nio/adapters"
import type { Group } from "../actor.ts"
import type { Live, LiveChannel, LiveKey } from "../live/live.ts"
import type { Health } from "./health.ts"
import { isOfChannel, isOfKey, reasonIn } from "./rest.ts"
import { draw, tiersOf } from "./tiers.ts"

/** One try: a channel, one of its keys, and the upstream's own name of the model. */
export type Attempt = { channel: LiveChannel; key: LiveKey; model: string; beganAt: number }

/** What a request had better go to: whoever answered before it. */
export type Pin = { channelId: string; keyId: string }

type Lists = Map<string, readonly LiveChannel[]>
const known = new WeakMap<Live, Lists>()

/**
 * The channels that offer `model` to one of `groups`, highest priority first: one list as long as
 * the live view lives.
 */
export function serving(
  live: Live,
  model: string,
  groups: readonly Group[],
): readonly LiveChannel[] {
  const lists: Lists = known.get(live) ?? new Map()
  known.set(live, lists)
  const name = `${groups.join()}\n${model}`
  const list = lists.get(name) ?? openTo(groups, live.byModel.get(model) ?? [])
  // Names come from callers: only those that exist are worth remembering.
  if (list.length > 0) lists.set(name, list)
  return list
}

function openTo(groups: readonly Group[], channels: readonly LiveChannel[]) {
  const open = (channel: LiveChannel) =>
    groups.some((group) => channel.groups.length === 0 || channel.groups.includes(group))
  return channels.every(open) ? channels : channels.filter(open)
}

type Asked = {
  channels: readonly LiveChannel[]
  /** As the caller knows it. */
  model: string
  pin?: Pin | undefined
}
type World = { health: Health; now: () => number; random: () => number }

/** Attempts in turn; each is told how the one before failed. */
export type Plan = Generator<Attempt, void, UpstreamError | undefined>

/** Of those who rest, a request asks no more than so many: asking all of them would be a storm. */
const restingMax = 8

/** A suspended key is asked when its channel has no other. */
const lastOf = ({ awake, keys }: LiveChannel) => (awake.length > 0 ? awake : keys)

/**
 * The order in which channels are tried for one request. No key of a channel is tried twice.
 *
 * Priorities fall from high to low. Of several channels with the same priority one is used, drawn
 * by weight among those that are well; it gets its `tries`, each with another key, and a key that
 * is refused is none of them. When that leads nowhere, those who were not drawn follow, and then
 * those who rest: the last one standing is never ejected. Lazy, so that a request that succeeds at
 * once draws once.
 */
export function* attempts({ channels, model, pin }: Asked, { health, now, random }: World): Plan {
  const tiers = tiersOf(channels)
  const tried = new Set<LiveKey>()
  const upstreamName = (channel: LiveChannel) => channel.serves.get(model) ?? model
  const isWell = (channel: LiveChannel) => health.isWell(channel, upstreamName(channel))
  let resting = 0
  const anyone = () => resting < restingMax

  if (pin) yield* pinned(pin)
  for (const may of [isWell, anyone]) {
    const drawn = new Set<LiveChannel>()
    const isLeft = (channel: LiveChannel) => !drawn.has(channel) && may(channel)
    for (const once of [true, false])
      for (const tier of tiers)
        for (let found = draw(tier, isLeft, random); found; ) {
          drawn.add(found)
          yield* keysOf(found, may === isWell)
          found = once ? undefined : draw(tier, isLeft, random)
        }
  }

  function* pinned({ channelId, keyId }: Pin): Plan {
    const channel = channels.find(({ id }) => id === channelId)
    if (!channel || !isWell(channel)) return
    const key = health.usableKeys(channel, upstreamName(channel)).find(({ id }) => id === keyId)
    if (key) yield* attempt(channel, key)
  }

  function* keysOf(channel: LiveChannel, usableOnly: boolean): Plan {
    const keys = usableOnly ? health.usableKeys(channel, upstreamName(channel)) : lastOf(channel)
    const left = keys.filter((key) => !tried.has(key))
    for (let faults = 0; faults < channel.tries && left.length > 0; ) {
      if (!usableOnly && resting++ >= restingMax) return
      const [key] = left.splice(Math.floor(random() * left.length), 1)
      const failure = yield* attempt(channel, key!)
      const reason = failure && reasonIn(failure)
      if (failure && isOfChannel(failure)) return
      if (!reason || !isOfKey(reason)) faults++
    }
  }

  function* attempt(
    channel: LiveChannel,
    key: LiveKey,
  ): Generator<Attempt, UpstreamError | undefined, UpstreamError | undefined> {
    tried.add(key)
    return yield { channel, key, model: upstreamName(channel), beganAt: now() }
  }
}
