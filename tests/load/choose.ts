import { UpstreamError } from "@nio/adapters"
import { channelDefaults } from "@nio/server/contract"
import type { Live, LiveChannel } from "@nio/server/core/live/live"
import { attempts, serving } from "@nio/server/core/routing/attempts"
import { createHealth } from "@nio/server/core/routing/health"

/** `bun tests/load/choose.ts`: what choosing a channel costs among very many. */
const channelCount = 2_000
const modelCount = 200
const rounds = 20_000
/** By the specification of the relay. */
const microsecondsMax = 20

const models = Array.from({ length: modelCount }, (_, at) => `model-${at}`)

const channelAt = (at: number, priority: number): LiveChannel => {
  const keys = [`${at}-1`, `${at}-2`].map((secret) => ({ id: `id-${secret}`, secret }))
  return {
    ...channelDefaults,
    id: `channel-${at}`,
    name: `channel ${at}`,
    provider: "openai",
    baseUrl: "http://upstream.test",
    models,
    groups: at % 3 === 0 ? ["normal", "pro"] : [],
    priority,
    weight: (at % 7) + 1,
    keys,
    awake: keys,
    headers: {},
    serves: new Map(models.map((model) => [model, model])),
  }
}

function liveOf(priorityOf: (at: number) => number): Live {
  const channels = Array.from({ length: channelCount }, (_, at) => channelAt(at, priorityOf(at)))
  channels.sort((a, b) => b.priority - a.priority)
  return {
    revision: 1,
    channels,
    byModel: new Map(models.map((model) => [model, channels])),
    prices: new Map(),
    plans: new Map(),
    settings: {} as Live["settings"],
  }
}

/** `rests` says which channels do, counted from the highest priority. */
type Case = {
  name: string
  priorityOf: (at: number) => number
  rests: (at: number) => boolean
  /** Whether it is held to the limit. */
  limited: boolean
}

const onePriority = () => 0
const manyPriorities = (at: number) => at % 200
const cases: Case[] = [
  { name: "one priority, all well", priorityOf: onePriority, rests: () => false, limited: true },
  {
    name: "one priority, a tenth rests",
    priorityOf: onePriority,
    rests: (at) => at % 10 === 0,
    limited: true,
  },
  {
    name: "one priority, half rests",
    priorityOf: onePriority,
    rests: (at) => at % 2 === 0,
    limited: true,
  },
  {
    name: "200 priorities, all well",
    priorityOf: manyPriorities,
    rests: () => false,
    limited: true,
  },
  {
    name: "200 priorities, half rests",
    priorityOf: manyPriorities,
    rests: (at) => at % 2 === 0,
    limited: true,
  },
  // Nobody has a hundred priorities that rest as a whole: it shows what one look costs.
  {
    name: "the upper 100 of them rest",
    priorityOf: manyPriorities,
    rests: (at) => at < channelCount / 2,
    limited: false,
  },
]

function measure({ priorityOf, rests }: Case) {
  const live = liveOf(priorityOf)
  const now = Date.now
  const health = createHealth(now)
  const slow = new UpstreamError("timeout", "slow", { retryAfterMs: 600_000 })
  for (const [at, channel] of live.channels.entries())
    if (rests(at))
      for (const model of models)
        health.failed({ channel, key: channel.keys[0]!, model, beganAt: now() }, slow)

  const times = new Float64Array(rounds)
  for (let round = 0; round < rounds; round++) {
    const model = models[round % modelCount]!
    const startedAt = Bun.nanoseconds()
    const channels = serving(live, model, ["normal"])
    const { value } = attempts({ channels, model }, { health, now, random: Math.random }).next()
    times[round] = (Bun.nanoseconds() - startedAt) / 1_000
    if (!value) throw new Error("nobody was chosen")
  }
  // The first choice of each model sorts its channels; that happens once per live view.
  const warm = times.subarray(modelCount).toSorted()
  const mean = warm.reduce((sum, time) => sum + time, 0) / warm.length
  const first = times.subarray(0, modelCount).reduce((sum, time) => sum + time, 0) / modelCount
  return { mean, p99: warm[Math.floor(warm.length * 0.99)]!, first }
}

let slowest = 0
console.log(`choosing among ${channelCount} channels that serve ${modelCount} models, in µs`)
for (const one of cases) {
  const { mean, p99, first } = measure(one)
  if (one.limited) slowest = Math.max(slowest, mean)
  const columns = [mean, p99, first].map((time) => time.toFixed(2).padStart(9))
  console.log(`${one.name.padEnd(30)} mean ${columns[0]}  p99 ${columns[1]}  first ${columns[2]}`)
}
console.log(slowest < microsecondsMax ? "within" : "above", `the ${microsecondsMax} µs wanted`)
process.exit(slowest < microsecondsMax ? 0 : 1)
