import { describe, expect, test } from "bun:test"
import { UpstreamError } from "@nio/adapters"
import { channelDefaults } from "../../contract/index.ts"
import type { LiveChannel } from "../live/live.ts"
import { type Attempt, attempts } from "./attempts.ts"
import { createHealth } from "./health.ts"

const channel = (id: string, edit: Partial<LiveChannel> = {}): LiveChannel => ({
  ...channelDefaults,
  id,
  name: id,
  provider: "openai",
  baseUrl: "http://upstream.test",
  models: ["m"],
  secrets: [`key-${id}`],
  headers: {},
  serves: new Map([["m", "m"]]),
  ...edit,
})

/** Chance that says what it is told, then repeats itself. */
const dice = (...values: number[]) => {
  let at = 0
  return () => values[Math.min(at++, values.length - 1)]!
}

const names = (plan: Iterable<Attempt>) => [...plan].map((attempt) => attempt.channel.id)

describe("the order of attempts", () => {
  test("falls from high priority to low, one channel a tier, each with its tries", () => {
    const channels = [
      channel("a", { priority: 2, tries: 2 }),
      channel("b", { priority: 1 }),
      channel("c", { priority: 1 }),
    ]
    const health = createHealth(() => 0)
    expect(names(attempts(channels, "m", health, dice(0.99)))).toEqual(["a", "a", "c"])
  })

  test("draws within a priority by weight", () => {
    const channels = [channel("a", { weight: 1 }), channel("b", { weight: 3 })]
    const health = createHealth(() => 0)
    const drawn = (value: number) => names(attempts(channels, "m", health, dice(value)))[0]
    expect([0, 0.24, 0.26, 0.99].map(drawn)).toEqual(["a", "a", "b", "b"])
  })

  test("a retry uses another key while there is one", () => {
    const channels = [channel("a", { tries: 3, secrets: ["k1", "k2"] })]
    const plan = [
      ...attempts(
        channels,
        "m",
        createHealth(() => 0),
        dice(0),
      ),
    ]
    expect(plan.map((attempt) => attempt.key)).toEqual(["k1", "k2", "k1"])
  })

  test("sends the upstream its own name of the model", () => {
    const channels = [channel("a", { serves: new Map([["m", "m-2026"]]) })]
    const [first] = attempts(
      channels,
      "m",
      createHealth(() => 0),
      dice(0),
    )
    expect(first?.model).toBe("m-2026")
  })
})

describe("health", () => {
  const overloaded = new UpstreamError("overloaded", "busy")

  test("a channel that keeps failing sits out, and comes back after its rest", () => {
    let now = 0
    const health = createHealth(() => now)
    const channels = [channel("a", { priority: 2 }), channel("b", { priority: 1 })]
    const [first] = attempts(channels, "m", health, dice(0))
    health.failed(first!, overloaded)
    expect(names(attempts(channels, "m", health, dice(0)))).toEqual(["a", "b"])
    health.failed(first!, overloaded)
    expect(names(attempts(channels, "m", health, dice(0)))).toEqual(["b"])
    now = 1_001
    expect(names(attempts(channels, "m", health, dice(0)))).toEqual(["a", "b"])
  })

  test("the last one standing is never ejected", () => {
    const health = createHealth(() => 0)
    const channels = [channel("a")]
    const [first] = attempts(channels, "m", health, dice(0))
    for (let failure = 0; failure < 5; failure++) health.failed(first!, overloaded)
    expect(names(attempts(channels, "m", health, dice(0)))).toEqual(["a"])
  })

  test("a dead key rests alone; the channel's other keys go on", () => {
    const health = createHealth(() => 0)
    const channels = [channel("a", { secrets: ["dead", "good"] })]
    const [first] = attempts(channels, "m", health, dice(0))
    health.failed(first!, new UpstreamError("auth", "no"))
    const keys = Array.from(
      { length: 5 },
      () => [...attempts(channels, "m", health, dice(0))][0]!.key,
    )
    expect(new Set(keys)).toEqual(new Set(["good"]))
  })

  test("a rate limit is respected for as long as the upstream asks", () => {
    let now = 0
    const health = createHealth(() => now)
    const channels = [channel("a", { priority: 2 }), channel("b", { priority: 1 })]
    const [first] = attempts(channels, "m", health, dice(0))
    health.failed(first!, new UpstreamError("rate-limit", "slow", { retryAfterMs: 2_000 }))
    expect(names(attempts(channels, "m", health, dice(0)))).toEqual(["b"])
    now = 2_001
    expect(names(attempts(channels, "m", health, dice(0)))).toEqual(["a", "b"])
  })
})
