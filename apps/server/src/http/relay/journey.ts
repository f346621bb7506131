import type { Trace } from "../../core/generation/generation.ts"

/** What happened on the way to an answer, in numbers. */
export type Journey = Trace & {
  attempts: number
  /** How long upstreams were waited for, their failures included. */
  waitedMs: number
  /** The channel asked last. */
  channelId: string | undefined
  /** Waits for something of the upstream's. */
  waitFor<Value>(work: Promise<Value>): Promise<Value>
}

export function newJourney(): Journey {
  return {
    attempts: 0,
    waitedMs: 0,
    channelId: undefined,
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
