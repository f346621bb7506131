import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const script = { chunks: ["a", "b"], usage: { input: 600_000, output: 134_567 } }
/** At 2 000 micropoints a token. */
const spent = 734_567 * 2_000

eachDatabase("what programs are told of money", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let userId: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedOpenAi(script))
    await server.addChannel({ baseUrl: upstream.url, models: ["m"] })
    await server.setPrice({ models: ["m", "m2"] })
    const { actor, key: own } = await server.addUser(10_000.5)
    key = own
    userId = actor.userId
    await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }] }),
    }).then((answer) => answer.text())
    await server.deps.underway.drained(5_000)
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const get = (
    path: string,
    headers: Record<string, string> = { authorization: `Bearer ${key}` },
  ) => fetch(server.url + path, { headers })

  const folders = ["/v1/dashboard/billing", "/v1/billing", "/dashboard/billing"]

  test.each(folders)("%s tells the ledger's numbers to the micropoint", async (folder) => {
    const balance = toMicropoints(10_000.5) - spent
    expect(await billing.balanceOf(server.deps.db, userId)).toEqual({ available: balance, held: 0 })
    expect(await (await get(`${folder}/usage`)).json()).toEqual({
      object: "list",
      total_usage: 1_469.134,
    })
    expect(await (await get(`${folder}/subscription`)).json()).toMatchObject({
      object: "billing_subscription",
      soft_limit: 853_136,
      hard_limit: 1_000_050,
      system_hard_limit: 100_000_000,
      soft_limit_usd: 8_531.366 / 73,
      hard_limit_usd: 10_000.5 / 73,
      system_hard_limit_usd: 1_000_000,
    })
    expect(await (await get(`${folder}/credit_grants`)).json()).toMatchObject({
      object: "credit_summary",
      total_granted: 10_000.5 / 73,
      total_used: 1_469.134 / 73,
      total_available: 8_531.366 / 73,
    })
  })

  test("usage is told of the days asked for, in UTC, without the last", async () => {
    const day = (offset: number) =>
      new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    const usage = async (query: string) =>
      (await get(`/v1/dashboard/billing/usage?${query}`)).json()
    const all = { object: "list", total_usage: 1_469.134 }
    const none = { object: "list", total_usage: 0 }
    expect(await usage(`start_date=${day(0)}&end_date=${day(1)}`)).toEqual(all)
    expect(await usage(`start_date=${day(-9)}&end_date=${day(0)}`)).toEqual(none)
    expect(await usage(`end_date=${day(1)}`)).toEqual(all)
    expect(await usage(`start_date=${day(1)}`)).toEqual(none)
    expect((await get("/v1/dashboard/billing/usage?start_date=yesterday")).status).toBe(400)
  })

  test("money is told to the key it belongs to, and to nobody else", async () => {
    for (const folder of folders)
      for (const name of ["usage", "subscription", "credit_grants"]) {
        expect((await get(`${folder}/${name}`, {})).status).toBe(401)
        expect((await get(`${folder}/${name}`, { authorization: "Bearer nio-x" })).status).toBe(401)
      }
    const { key: other } = await server.addUser(0)
    const headers = { authorization: `Bearer ${other}` }
    expect(await (await get("/v1/billing/usage", headers)).json()).toMatchObject({ total_usage: 0 })
  })

  test("prices are told to everybody, as Chat Nio writes them", async () => {
    await server.setPrice({ models: ["gift", "m"], type: "free", input: 0, output: 0 })
    await server.setPrice({ models: ["draw"], type: "per-request", input: 0, output: 100_000 })
    expect(await (await get("/v1/charge", {})).json()).toEqual([
      { id: 1, type: "token-billing", models: ["m", "m2"], input: 2, output: 2, anonymous: false },
      { id: 2, type: "non-billing", models: ["gift"], input: 0, output: 0, anonymous: false },
      { id: 3, type: "times-billing", models: ["draw"], input: 0, output: 0.1, anonymous: false },
    ])
    for (const path of ["/v1/market", "/v1/plans"])
      expect(await (await get(path, {})).json()).toEqual([])
  })
})
