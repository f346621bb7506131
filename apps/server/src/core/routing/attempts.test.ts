import { describe, expect, test } from "bun:test"
import { UpstreamError } from "@nio/adapters"
import type { LiveChannel } from "../live/live.ts"
import { attempts, type Pin } from "./attempts.ts"
import { createHealth, type Health } from "./health.ts"
import { liveChannel } from "./live-channel.fixture.ts"

/** Chance that says what it is told, then repeats itself. */
const dice = (...values: number[]) => {
  let at = 0
  return () => values[Math.min(at++, values.length - 1)]!
}

type Rolled = { health?: Health; random?: () => number; pin?: Pin; fails?: UpstreamError }

/** All attempts, each failing, as `channel:key`. */
function planned(channels: LiveChannel[], { health, random, pin, fails }: Rolled = {}): string[] {
  const world = {
    health: health ?? createHealth(() => 0),
    now: () => 0,
    random: random ?? dice(0),
  }
  const plan = attempts({ channels, model: "m", pin }, world)
  const made: string[] = []
  for (let step = plan.next(); !step.done; step = plan.next(fails ?? overloaded))
    made.push(`${step.value.channel.id}:${step.value.key.secret}`)
  return made
}

const overloaded = new UpstreamError("overloaded", "busy")
const unauthorized = new UpstreamError("auth", "who?", { status: 401 })

describe("the order of attempts", () => {
  test("falls from high priority to low, one channel a tier, then those who were not drawn", () => {
    const channels = [
      liveChannel("a", { priority: 2 }),
      liveChannel("b", { priority: 1 }),
      liveChannel("c", { priority: 1 }),
    ]
    expect(planned(channels, { random: dice(0.99) })).toEqual(["a:a1", "c:c1", "b:b1"])
  })

  test("draws within a priority by weight", () => {
    const channels = [liveChannel("a", { weight: 1 }), liveChannel("b", { weight: 3 })]
    const drawn = (value: number) => planned(channels, { random: dice(value) })[0]
    expect([0, 0.24, 0.26, 0.99].map(drawn)).toEqual(["a:a1", "a:a1", "b:b1", "b:b1"])
  })

  test("a channel has its tries, each with another key, and none twice", () => {
    const channels = [
      liveChannel("a", { tries: 2, priority: 1 }, ["k1", "k2", "k3"]),
      liveChannel("b", { tries: 5 }, ["k4"]),
    ]
    expect(planned(channels)).toEqual(["a:k1", "a:k2", "b:k4", "a:k3"])
  })

  test("a refused key is no try of the channel", () => {
    const channels = [
      liveChannel("a", { priority: 1 }, ["k1", "k2", "k3"]),
      liveChannel("b", {}, ["k4"]),
    ]
    expect(planned(channels, { fails: unauthorized })).toEqual(["a:k1", "a:k2", "a:k3", "b:k4"])
  })

  test("who cannot be reached with one key is not asked with the next", () => {
    const channels = [liveChannel("a", { tries: 3, priority: 1 }, ["k1", "k2"]), liveChannel("b")]
    const fails = new UpstreamError("network", "gone")
    expect(planned(channels, { fails }).slice(0, 2)).toEqual(["a:k1", "b:b1"])
  })

  test("what answered before comes first while it is well, and defeats nothing when it is not", () => {
    const channels = [liveChannel("a", { priority: 1 }), liveChannel("b", {}, ["k1", "k2"])]
    const pin = { channelId: "b", keyId: channels[1]!.keys[1]!.id }
    expect(planned(channels, { pin })).toEqual(["b:k2", "a:a1", "b:k1"])
    const health = createHealth(() => 0)
    const [, second] = channels
    const key = second!.keys[1]!
    health.failed({ channel: second!, key, model: "m", beganAt: 0 }, unauthorized)
    expect(planned(channels, { pin, health })).toEqual(["a:a1", "b:k1", "b:k2"])
    expect(planned(channels, { pin: { channelId: "gone", keyId: "x" } })[0]).toBe("a:a1")
  })

  test("of those who rest a few are asked, and a suspended key when there is no other", () => {
    const secrets = Array.from({ length: 100 }, (_, at) => `k${at}`)
    const limited = liveChannel("a", {}, secrets)
    const health = createHealth(() => 0)
    const fails = new UpstreamError("rate-limit", "slow down", { retryAfterMs: 60_000 })
    for (const key of limited.keys)
      health.failed({ channel: limited, key, model: "m", beganAt: 0 }, fails)
    expect(planned([limited], { health, fails })).toHaveLength(8)

    const [dead, alive] = limited.keys
    const partly = { ...limited, keys: [dead!, alive!], awake: [alive!] }
    expect(planned([partly], { health, fails })).toEqual(["a:k1"])
    expect(planned([{ ...partly, awake: [] }], { fails })).toEqual(["a:k0", "a:k1"])
  })

  test("sends the upstream its own name of the model", () => {
    const channels = [liveChannel("a", { serves: new Map([["m", "m-2026"]]) })]
    const world = { health: createHealth(() => 0), now: () => 0, random: dice(0) }
    expect(attempts({ channels, model: "m" }, world).next().value?.model).toBe("m-2026")
  })

  test("shares are those of the weights, also when half of them rest", () => {
    const health = createHealth(() => 0)
    const channels = Array.from({ length: 100 }, (_, at) =>
      liveChannel(`c${at}`, { weight: (at % 4) + 1 }),
    )
    for (const [at, channel] of channels.entries())
      if (at % 2 === 1)
        health.failed(
          { channel, key: channel.keys[0]!, model: "m", beganAt: 0 },
          new UpstreamError("timeout", "slow"),
        )
    const seen = new Map<number, number>()
    let state = 7
    const random = () => {
      state = (state * 16_807) % 2_147_483_647
      return state / 2_147_483_647
    }
    for (let round = 0; round < 20_000; round++) {
      const world = { health, now: () => 0, random }
      const { weight } = attempts({ channels, model: "m" }, world).next().value!.channel
      seen.set(weight, (seen.get(weight) ?? 0) + 1)
    }
    expect([...seen.keys()].sort()).toEqual([1, 3])
    expect(seen.get(3)! / seen.get(1)!).toBeWithin(2.7, 3.3)
  })
})
