import type { LiveChannel } from "../live/live.ts"

/** The channels of one priority. `upTo[i]` is the sum of the weights up to and with the i-th. */
export type Tier = { channels: readonly LiveChannel[]; upTo: readonly number[] }

const known = new WeakMap<readonly LiveChannel[], readonly Tier[]>()

/** `channels` come sorted by priority. Worked out once for a list, since lists live as long as a live view. */
export function tiersOf(channels: readonly LiveChannel[]): readonly Tier[] {
  const tiers = known.get(channels) ?? [...split(channels)]
  known.set(channels, tiers)
  return tiers
}

function* split(channels: readonly LiveChannel[]): Generator<Tier> {
  for (let start = 0; start < channels.length; ) {
    let end = start + 1
    while (channels[end]?.priority === channels[start]!.priority) end++
    const tier = channels.slice(start, end)
    yield { channels: tier, upTo: sumsOf(tier) }
    start = end
  }
}

function sumsOf(tier: readonly LiveChannel[]): number[] {
  let sum = 0
  return tier.map(({ weight }) => {
    sum += weight
    return sum
  })
}

/** Draws that may miss before everybody is looked at; among as few as that, it happens at once. */
const missesMax = 8

/**
 * Draws one of those that may take part, each with its weight as its share. Nearly everybody may
 * nearly always, so whoever may not is drawn again; that keeps a draw among thousands cheap.
 */
export function draw(
  { channels, upTo }: Tier,
  may: (channel: LiveChannel) => boolean,
  random: () => number,
): LiveChannel | undefined {
  for (let misses = 0; misses < missesMax && channels.length > missesMax; misses++) {
    const channel = channels[indexAt(upTo, random() * upTo.at(-1)!)]!
    if (may(channel)) return channel
  }
  const fit = channels.filter(may)
  if (fit.length === 0) return undefined
  const sums = sumsOf(fit)
  return fit[indexAt(sums, random() * sums.at(-1)!)]
}

/** The first whose sum is beyond the point. */
function indexAt(upTo: readonly number[], point: number) {
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (upTo[middle]! > point) high = middle
    else low = middle + 1
  }
  return low
}
