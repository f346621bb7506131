import { createChance } from "./chance.ts"
import { type Fault, misbehave } from "./misbehave.ts"
import type { Script } from "./script.ts"
import { type SeenRequest, type SimulatedUpstream, simulate, type Transcript } from "./simulate.ts"

/** What every upstream may refuse a request for. Each has its own words for it. */
export const refusalKinds = [
  "invalid",
  "unauthorized",
  "quota",
  "content-filter",
  "model-missing",
  "rate-limited",
  "overloaded",
] as const
export type RefusalKind = (typeof refusalKinds)[number]

export type Refusal = {
  kind: RefusalKind
  message: string
  /** The field at fault. */
  param?: string
}

/** How one provider's simulated upstream answers. Lives in `mock.ts` beside the adapter. */
export type Mock = {
  /** What to write into a channel to reach a mock at this address. */
  channel(url: string): { baseUrl: string; key: string }
  /** What it takes, for whoever starts it by hand: one line each. */
  takes: readonly string[]
  /** Why the real one would refuse this request, or this message of a WebSocket; undefined when it would not. */
  check(seen: SeenRequest): Refusal | undefined | Promise<Refusal | undefined>
  /** Why the real one would not open a WebSocket. */
  handshake?(seen: SeenRequest): Refusal | undefined
  /** The answer to a request that `check` has let pass. A WebSocket sends each piece of the body as a message. */
  answer(seen: SeenRequest, script: Script): Transcript | Promise<Transcript>
  /** What a fault leaves alone: asking for a token, say. */
  spares?(seen: SeenRequest): boolean
  /** A refusal in the provider's own words. */
  refuse(refusal: Refusal, seen: SeenRequest): Transcript
  /** A refusal in the middle of a stream, as one piece of its body. Server-sent events when left out. */
  breakOff?(refusal: Refusal): string | Uint8Array
  /** The headers that tell how many requests are left, where it has some. */
  limitHeaders?(limit: number, left: number): Record<string, string>
}

export type MockOptions = {
  /** A free one when left out. */
  port?: number
  /** The same seed gives the same answers at the same pace. */
  seed?: number
  /** What to say; something from the seed when left out. */
  script?: Script
  /** What goes wrong, with every request. */
  fault?: Fault
  /** Silence before the answer begins. */
  firstByteMs?: number
  /** Silence between two pieces: half as long to one and a half times as long. */
  chunksMs?: number
  /** How many requests are answered; what follows is `rate-limited`. */
  requestsMax?: number
}

/** Starts the mock on a real socket. */
export async function startMock(mock: Mock, options: MockOptions = {}): Promise<SimulatedUpstream> {
  const { port = 0, seed = 1, fault, firstByteMs, chunksMs, requestsMax } = options
  const chance = createChance(seed)
  let asked = 0

  async function answer(seen: SeenRequest): Promise<Transcript> {
    const refusal = await mock.check(seen)
    if (refusal) return mock.refuse(refusal, seen)
    asked += 1
    if (requestsMax !== undefined && asked > requestsMax) return mock.refuse(tooMany, seen)
    const transcript = await mock.answer(seen, options.script ?? chance.script())
    return fault && !mock.spares?.(seen) ? misbehave(fault, transcript, mock, seen) : transcript
  }

  return simulate(
    async (seen) => {
      const transcript = await answer(seen)
      const limits = mock.limitHeaders && requestsMax !== undefined
      return {
        ...transcript,
        headers: {
          ...transcript.headers,
          ...(limits && mock.limitHeaders?.(requestsMax, Math.max(0, requestsMax - asked))),
        },
        ...(firstByteMs && { firstByteMs }),
        ...(chunksMs && { pauseMs: Math.round(chunksMs * (0.5 + chance.next())) }),
      }
    },
    {
      port,
      handshake(seen) {
        const refusal = mock.handshake?.(seen)
        return refusal && mock.refuse(refusal, seen)
      },
    },
  )
}

const tooMany: Refusal = { kind: "rate-limited", message: "Rate limit reached" }
