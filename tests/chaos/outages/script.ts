import type { SimulatedUpstream } from "@nio/adapters/testing"
import type { ChannelCreate } from "@nio/server/contract"

type AnswerWith = Parameters<SimulatedUpstream["answerWith"]>[0]

/** An upstream as a script sets it up: one that answers, or an address where something else happens. */
export type Member = Partial<ChannelCreate> &
  ({ answer: AnswerWith } | { at: (stage: Stage) => Promise<string> | string })

/** What a script may make; closed when it is over. */
export type Stage = { keep<Made extends { close(): unknown }>(made: Made): Made }

export type Outage = {
  name: string
  /** Who is asked before the healthy one, unless they say otherwise. */
  members: readonly Member[]
  /** Left out: a healthy channel stands below the others. */
  healthy?: false | Partial<ChannelCreate>
  stream?: boolean
  requests?: number
  atOnce?: number
  /** What 99 of 100 callers may wait, beyond a healthy answer. */
  addedMsMax: number
  /** How callers fare: all are answered; those cut off are told so; all are refused, with this status. */
  ends?: "answered" | "honestly" | number
  /** What must hold besides, of what the upstreams of `members` were asked. */
  check?(seen: Seen): string | undefined
  /** Happens once, when so many callers have been served. */
  turn?: { after: number; happens(upstreams: readonly SimulatedUpstream[]): void | Promise<void> }
}

export type Seen = {
  /** Requests each member got, and how many of them in the last quarter. */
  asked: number[]
  askedLate: number[]
  retryAfter: string | null
  code: string | undefined
}
