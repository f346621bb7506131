import type { Trace } from "../../core/generation/generation.ts"
import type { Rates } from "../../core/generation/take-turn.ts"

/** What happened on the way to an answer, in numbers. */
export type Journey = Trace & {
  attempts: number
  /** How long upstreams were waited for, their failures included. */
  waitedMs: number
  /** The channel asked last. */
  channelId: string | undefined
  rates: Rates
  /** Waits for something of the upstream's. */
  waitFor<Value>(work: Promise<Value>): Promise<Value>
}

export function newJourney(hops: number): Journey {
  return {
    hops,
    attempts: 0,
    waitedMs: 0,
    channelId: undefined,
    rates: {},
    limited(what, rate) {
      const known = this.rates[what]
      if (!known || rate.left < known.left) this.rates[what] = rate
    },
    asks(channelId) {
      const since = performance.now()
      this.attempts++
      this.channelId = channelId
      return () => {
        this.waitedMs += performance.now() - since
      }
    },
    async waitFor(work) {
      const since = performance.now()
      try {
        return await work
      } finally {
        this.waitedMs += performance.now() - since
      }
    },
  }
}
