import type { Group } from "../actor.ts"
import type { Live, LiveChannel } from "../live/live.ts"
import type { Health } from "./health.ts"

/** One try: a channel, one of its keys, and the upstream's own name of the model. */
export type Attempt = { channel: LiveChannel; key: string; model: string }

/** The channels that offer `model` to one of `groups`, highest priority first. */
export function serving(
  live: Live,
  model: string,
  groups: readonly Group[],
): readonly LiveChannel[] {
  const channels = live.byModel.get(model) ?? []
  const open = (channel: LiveChannel) =>
    groups.some((group) => channel.groups.length === 0 || channel.groups.includes(group))
  return channels.every(open) ? channels : channels.filter(open)
}

/**
 * The order in which channels are tried for one request.
 *
 * Priorities fall from high to low. Of several channels with the same priority only one is used,
 * drawn by weight among those that are well; it gets its `tries`, each with another key while there
 * are others. When nobody is well, everybody takes part: the last one standing is never ejected.
 * Lazy, so that a request that succeeds at once draws once.
 */
export function* attempts(
  channels: readonly LiveChannel[],
  model: string,
  health: Health,
  random: () => number,
): Generator<Attempt> {
  const well = channels.filter((channel) => health.isWell(channel))
  for (const tier of tiersOf(well.length > 0 ? well : channels)) {
    const channel = drawByWeight(tier, random)
    const upstreamModel = channel.serves.get(model)
    if (upstreamModel === undefined) continue
    const keys = health.usableKeys(channel)
    let left: string[] = []
    for (let attempt = 0; attempt < channel.tries; attempt++) {
      if (left.length === 0) left = [...keys]
      const [key] = left.splice(Math.floor(random() * left.length), 1)
      if (key !== undefined) yield { channel, key, model: upstreamModel }
    }
  }
}

/** `channels` come sorted by priority. */
function* tiersOf(channels: readonly LiveChannel[]): Generator<readonly LiveChannel[]> {
  for (let start = 0; start < channels.length; ) {
    let end = start + 1
    while (channels[end]?.priority === channels[start]!.priority) end++
    yield channels.slice(start, end)
    start = end
  }
}

function drawByWeight(tier: readonly LiveChannel[], random: () => number): LiveChannel {
  const total = tier.reduce((sum, channel) => sum + channel.weight, 0)
  let cursor = random() * total
  for (const channel of tier) {
    cursor -= channel.weight
    if (cursor < 0) return channel
  }
  return tier.at(-1)!
}
