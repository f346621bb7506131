import { beforeEach, describe, expect, test } from "bun:test"
import { UpstreamError, type UpstreamErrorKind } from "@nio/adapters"
import type { Attempt } from "./attempts.ts"
import { createHealth, type Health } from "./health.ts"
import { liveChannel } from "./live-channel.fixture.ts"

const channel = liveChannel("a", { models: ["m", "n"] }, ["k1", "k2"])
const [first, second] = channel.keys
let now = 0
let health: Health

beforeEach(() => {
  now = 1_000
  health = createHealth(() => now)
})

const attempt = (model = "m", key = first!): Attempt => ({ channel, key, model, beganAt: now })
const error = (kind: UpstreamErrorKind, retryAfterMs?: number) =>
  new UpstreamError(kind, kind, retryAfterMs === undefined ? {} : { retryAfterMs })
const usable = (model = "m") => health.usableKeys(channel, model).map(({ secret }) => secret)
/** One request after another. */
const failTimes = (times: number, kind: UpstreamErrorKind, model = "m") => {
  for (let failure = 0; failure < times; failure++, now++)
    health.failed(attempt(model), error(kind))
}

describe("a failure is blamed on", () => {
  test.each(["auth", "quota"] as const)("the key, for every model: %s", (kind) => {
    health.failed(attempt(), error(kind))
    expect([usable("m"), usable("n")]).toEqual([["k2"], ["k2"]])
    expect(health.isWell(channel, "m")).toBe(true)
    health.failed(attempt("m", second), error(kind))
    expect(health.isWell(channel, "n")).toBe(false)
  })

  test("the key, for one model: a rate limit, for as long as the upstream asks", () => {
    health.failed(attempt(), error("rate-limit", 7_000))
    expect([usable("m"), usable("n")]).toEqual([["k2"], ["k1", "k2"]])
    now += 6_999
    expect(usable()).toEqual(["k2"])
    now += 1
    expect(usable()).toEqual(["k1", "k2"])
  })

  test.each(["overloaded", "bad-response"] as const)(
    "the model, when it happens twice: %s",
    (kind) => {
      failTimes(1, kind)
      expect(health.isWell(channel, "m")).toBe(true)
      failTimes(1, kind)
      expect([health.isWell(channel, "m"), health.isWell(channel, "n")]).toEqual([false, true])
    },
  )

  test.each(["timeout", "model-missing"] as const)("the model, at once: %s", (kind) => {
    failTimes(1, kind)
    expect([health.isWell(channel, "m"), health.isWell(channel, "n")]).toEqual([false, true])
  })

  test("the channel, at once: the network", () => {
    failTimes(1, "network")
    expect([health.isWell(channel, "m"), health.isWell(channel, "n")]).toEqual([false, false])
  })

  test.each(["invalid-request", "content-filter"] as const)("the caller: %s", (kind) => {
    failTimes(5, kind)
    expect(health.entries()).toEqual([])
  })
})

describe("a rest", () => {
  test("doubles with each failure up to a minute, and is forgotten by halves", () => {
    const rests: number[] = []
    for (let failure = 0; failure < 10; failure++) {
      const { until } = health.failed(attempt(), error("overloaded"))!
      rests.push(Math.max(0, until - now))
      now = Math.max(now, until) + 1
    }
    expect(rests).toEqual([0, 1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000))
    now += 10 * 60_000
    expect(health.failed(attempt(), error("overloaded"))?.until).toBe(0)
  })

  test("counts once when many requests fail at once", () => {
    const together = Array.from({ length: 50 }, () => attempt())
    now += 10
    for (const one of together) health.failed(one, error("overloaded"))
    expect(health.isWell(channel, "m")).toBe(true)
    expect(health.entries()).toMatchObject([{ rest: { failures: 1 } }])
  })

  test("ends with one request that finds out, while the others go elsewhere", () => {
    failTimes(2, "overloaded")
    now += 1_000
    expect(health.isWell(channel, "m")).toBe(true)
    const probe = attempt()
    health.begins(probe)
    expect(health.isWell(channel, "m")).toBe(false)
    now += 500
    health.answered(probe)
    expect(health.isWell(channel, "m")).toBe(true)
  })

  test("goes on when the one that finds out fails, and is not used up by one who gives up", () => {
    failTimes(2, "overloaded")
    now += 1_000
    const probe = attempt()
    health.begins(probe)
    health.abandoned(probe)
    expect(health.isWell(channel, "m")).toBe(true)
    const again = attempt()
    health.begins(again)
    now += 10
    health.failed(again, error("overloaded"))
    now += 1_999
    expect(health.isWell(channel, "m")).toBe(false)
  })

  test("comes back at once, and for longer, when answers begin and break off", () => {
    failTimes(2, "bad-response")
    now += 1_000
    const broken = attempt()
    health.begins(broken)
    health.answered(broken)
    now += 50
    expect(health.failed(broken, error("bad-response"))?.until).toBe(now + 2_000)
    now += 2_000
    const whole = attempt()
    health.begins(whole)
    health.answered(whole)
    health.succeeded(whole)
    expect(health.entries()).toMatchObject([{ rest: { failures: 1, until: 0 } }])
  })

  test("is not ended by an answer that was on its way before it", () => {
    const early = attempt()
    now += 1
    health.failed(attempt(), error("rate-limit", 9_000))
    now += 1
    health.answered(early)
    health.succeeded(early)
    expect(usable()).toEqual(["k2"])
  })

  test("is ended by somebody who acts: for a key, a model, or the whole channel", () => {
    health.failed(attempt(), error("quota"))
    health.failed(attempt("n", second), error("rate-limit", 60_000))
    failTimes(2, "network")
    health.restore({ channelId: "a", keyId: first!.id })
    expect(health.isWell(channel, "m")).toBe(false)
    health.restore({ channelId: "a" })
    expect([usable("m"), usable("n"), health.isWell(channel, "m")]).toEqual([
      ["k1", "k2"],
      ["k1", "k2"],
      true,
    ])
  })

  test("tells when it is over, for whoever has to say when to come again", () => {
    health.failed(attempt(), error("rate-limit", 5_000))
    expect(health.backAt(channel, "m")).toBe(0)
    health.failed(attempt("m", second), error("rate-limit", 9_000))
    expect(health.backAt(channel, "m")).toBe(6_000)
    expect(health.backAt(liveChannel("b", { awake: [] }), "m")).toBe(Number.POSITIVE_INFINITY)
  })
})

test("what has been over for long is forgotten, and not learned again from who remembers it", () => {
  health.failed(attempt(), error("network"))
  const said = health.entries()
  expect(said).toHaveLength(1)
  now += 3_600_000
  expect(health.entries()).toEqual([])
  health.learn(said)
  expect(health.entries()).toEqual([])
})

test("of what two nodes say the later is right, in whatever order it comes", () => {
  const other = createHealth(() => now)
  const said: Parameters<Health["learn"]>[0][number][] = []
  health.onChange((entry) => void said.push(entry))
  failTimes(2, "network")
  now += 5
  health.restore({ channelId: "a" })
  for (const entry of said.toReversed()) other.learn([entry])
  expect(other.isWell(channel, "m")).toBe(true)
  other.learn(said.slice(0, 2))
  expect(other.isWell(channel, "m")).toBe(true)
})
