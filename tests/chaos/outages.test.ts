import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { well } from "./outages/answers.ts"
import type { Outage, Stage } from "./outages/script.ts"
import { outages } from "./outages/scripts.ts"

/** What every answer costs, and every cut one. */
const price = toMicropoints(1)
/** One caller in a thousand may find nobody, as long as somebody is well. */
const successMin = 0.999
/** Scripts under way at once: most of them wait. */
const atOnce = 6

type Told = {
  status: number
  ms: number
  /** Something that can be used came. */
  delivered: boolean
  whole: boolean
  honest: boolean
  attempts: number
  retryAfter: string | null
  code: string | undefined
}

type Row = {
  name: string
  callers: number
  fine: number
  p50: number
  p99: number
  addedMsMax: number
  attempts: number
  wrong: string[]
}

const rows: Row[] = []
const seed = Number(process.env.SEED ?? Date.now() % 100_000)

eachDatabase("outages", (open, engine) => {
  // What happens to upstreams is the same on both engines.
  if (engine === "mysql") return
  let server: TestServer
  const results = new Map<string, Promise<Row>>()

  beforeAll(async () => {
    server = await startServer((await open()).db, { random: chance(seed) })
    const waiting = [...outages]
    const work = async () => {
      for (let outage = waiting.shift(); outage; outage = waiting.shift()) {
        const row = play(server, outage)
        results.set(outage.name, row)
        await row.catch(() => undefined)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }, 120_000)

  afterAll(async () => {
    await server.close()
    console.log(`\n${table(rows)}\nseed ${seed}`)
  })

  describe("while somebody is well, everybody is answered in time and charged once", () => {
    test.each(outages.map(({ name }) => name))("%s", async (name) => {
      const row = await results.get(name)
      expect(row?.wrong).toEqual([])
    })
  })

  test("there are as many scripts as were asked for, and the books balance after them", async () => {
    expect(new Set(outages.map(({ name }) => name)).size).toBeGreaterThanOrEqual(40)
    expect(await verifyLedger(server.deps)).toEqual([])
  })
})

async function play(server: TestServer, outage: Outage): Promise<Row> {
  const { name, requests = 100, atOnce = 10, turn } = outage
  const made: { close(): unknown }[] = []
  const stage: Stage = {
    keep(one) {
      made.push(one)
      return one
    },
  }
  try {
    const model = name
    const upstreams = await setUp(server, outage, stage)
    const { actor, key } = await server.addUser(requests * 2)
    let served = 0
    let turning: Promise<void> | void
    const told: Told[] = []
    const lateFrom: number[] = []
    const caller = async () => {
      while (served < requests) {
        const nth = served++
        if (turn && nth === turn.after) turning = turn.happens(upstreams)
        await turning
        if (nth === Math.floor(requests * 0.75))
          lateFrom.push(...upstreams.map(({ requests }) => requests.length))
        told.push(await ask(server, key, model, outage.stream ?? false))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, caller))
    const wrong = await verdict(server, outage, { userId: actor.userId, told, upstreams, lateFrom })
    const times = told.map(({ ms }) => ms).toSorted((a, b) => a - b)
    const row: Row = {
      name,
      callers: told.length,
      fine: told.filter((one) => isFine(outage, one)).length,
      p50: at(times, 0.5),
      p99: at(times, 0.99),
      addedMsMax: outage.addedMsMax,
      attempts: Math.max(...told.map(({ attempts }) => attempts)),
      wrong,
    }
    rows.push(row)
    return row
  } finally {
    for (const one of made.toReversed()) await one.close()
  }
}

async function setUp(server: TestServer, { name, members, healthy }: Outage, stage: Stage) {
  await server.setPrice({ models: [name], type: "per-request", input: 0, output: price })
  const upstreams: SimulatedUpstream[] = []
  for (const member of members) {
    const { answer, at, ...channel } = { answer: undefined, at: undefined, ...member }
    const upstream = answer && stage.keep(await simulate(answer))
    if (upstream) upstreams.push(upstream)
    const baseUrl = upstream ? upstream.url : await at!(stage)
    await server.addChannel({ priority: 5, ...channel, baseUrl, models: [name] })
  }
  if (healthy === false) return upstreams
  const spare = stage.keep(await simulate(well))
  await server.addChannel({ priority: 0, ...healthy, baseUrl: spare.url, models: [name] })
  return upstreams
}

async function ask(server: TestServer, key: string, model: string, stream: boolean): Promise<Told> {
  const startedAt = performance.now()
  const answer = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model, stream, messages: [{ role: "user", content: "hi" }] }),
  })
  const text = await answer.text()
  const said = answer.ok && /"content":"(?:one|half)/.test(text)
  return {
    status: answer.status,
    ms: performance.now() - startedAt,
    delivered: said,
    whole: answer.ok && text.includes("three") && !text.includes('"error"'),
    honest: stream && text.includes('"error"') && text.trimEnd().endsWith("data: [DONE]"),
    attempts: Number(answer.headers.get("x-attempts") ?? 0),
    retryAfter: answer.headers.get("retry-after"),
    code: answer.ok ? undefined : JSON.parse(text).error.code,
  }
}

const isFine = ({ ends = "answered" }: Outage, { status, whole, honest }: Told) =>
  typeof ends === "number" ? status === ends : whole || (ends === "honestly" && honest)

type Played = {
  userId: string
  told: readonly Told[]
  upstreams: readonly SimulatedUpstream[]
  lateFrom: readonly number[]
}

/** Everything that went otherwise than it should. */
async function verdict(server: TestServer, outage: Outage, played: Played): Promise<string[]> {
  const { told, upstreams, lateFrom, userId } = played
  const wrong: string[] = []
  const unlucky = told.filter((one) => !isFine(outage, one))
  if (unlucky.length > told.length * (1 - successMin))
    wrong.push(`${unlucky.length} of ${told.length}: ${JSON.stringify(unlucky[0])}`)

  const delivered = told.filter((one) => one.delivered).length
  await eventually(async () => (await billing.balanceOf(server.deps.db, userId)).held === 0)
  const { available } = await billing.balanceOf(server.deps.db, userId)
  const spent = toMicropoints((outage.requests ?? 100) * 2) - available
  if (spent !== delivered * price) wrong.push(`${delivered} delivered, ${spent / price} charged`)

  const times = told.map(({ ms }) => ms).toSorted((a, b) => a - b)
  if (at(times, 0.99) > outage.addedMsMax + healthyMs)
    wrong.push(`p99 of ${at(times, 0.99).toFixed(0)} ms`)
  const asked = upstreams.map(({ requests }) => requests.length)
  const complaint = outage.check?.({
    asked,
    askedLate: asked.map((count, index) => count - (lateFrom[index] ?? 0)),
    retryAfter: told.at(-1)?.retryAfter ?? null,
    code: told.at(-1)?.code,
  })
  if (complaint) wrong.push(complaint)
  return wrong
}

/** A healthy answer, among six scripts on a busy machine. */
const healthyMs = 500

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

function table(rows: readonly Row[]): string {
  const line = (columns: readonly (string | number)[]) =>
    columns
      .map((column, at) => (at === 0 ? String(column).padEnd(38) : String(column).padStart(9)))
      .join("")
  return [
    line(["script", "callers", "fine", "p50 ms", "p99 ms", "bound", "attempts"]),
    ...rows.map(({ name, callers, fine, p50, p99, addedMsMax, attempts, wrong }) =>
      [
        line([name, callers, fine, p50.toFixed(0), p99.toFixed(0), addedMsMax, attempts]),
        ...wrong,
      ].join("  "),
    ),
  ].join("\n")
}

/** A chance that can be had again by its seed. */
function chance(seed: number) {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return (state - 1) / 2_147_483_646
  }
}
