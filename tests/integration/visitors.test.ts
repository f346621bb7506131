import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { type Actor, anonymousActor } from "@nio/server/core/actor"
import { generate } from "@nio/server/core/generation/generate"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { listModels } from "@nio/server/core/model/list-models"
import { getBalance } from "@nio/server/core/user/get-balance"
import { quickly } from "../support/chat-server.ts"
import { eachDatabase } from "../support/databases.ts"
import { refusal } from "../support/refusal.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const hi = { type: "text", text: "hi" } as const

eachDatabase("visitors without an account", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(quickly)
    const { url: baseUrl } = upstream
    await server.addChannel({ baseUrl, models: ["open", "free", "paid", "none"] })
    await server.addChannel({ baseUrl, models: ["closed"], groups: ["normal"] })
    await server.addChannel({ baseUrl, models: ["invited"], groups: ["anonymous"] })
    const free = { type: "free", input: 0, output: 0 } as const
    await server.setPrice({ ...free, models: ["open", "closed", "invited"], anonymous: true })
    await server.setPrice({ ...free, models: ["free"] })
    await server.setPrice({ models: ["paid"] })
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const ask = async (actor: Actor, model: string) => {
    const generation = await generate(server.deps, {
      id: server.deps.newId(),
      actor,
      request: { model, stream: true, messages: [{ role: "user", content: [hi] }] },
      source: "chat",
      signal: new AbortController().signal,
    })
    let text = ""
    for (let batch = await generation.next(); batch; batch = await generation.next())
      for (const event of batch.events) if (event.type === "text") text += event.delta
    return { text, bill: await generation.bill }
  }

  test("are offered what is free and open to them, in channels that admit them", () => {
    const models = listModels(server.deps, anonymousActor("192.0.2.1")).map(({ id }) => id)
    expect(models).toEqual(["invited", "open"])
  })

  test("are answered free of charge, and leave a line in the usage log", async () => {
    const { text, bill } = await ask(anonymousActor("192.0.2.2"), "open")
    expect(text).toBe("Hello there")
    expect(bill.charge).toBe(0)
    const lines = await server.deps.db.rows<{ user_group: string; charge: number }>(
      "select user_group, charge from usage_log where user_id = 'anonymous'",
      [],
    )
    expect(lines).toEqual([{ user_group: "anonymous", charge: 0 }])
  })

  test.each([
    ["free", "model.members-only"],
    ["paid", "model.members-only"],
    ["none", "model.unpriced"],
    ["closed", "model.unknown"],
  ])("are refused %s with %s", async (model, code) => {
    const asked = upstream.requests.length
    expect(await refusal(ask(anonymousActor("192.0.2.3"), model))).toMatchObject({ code })
    expect(upstream.requests.length).toBe(asked)
  })

  test("are limited by address, a network of IPv6 counting as one", async () => {
    for (let at = 0; at < 10; at++) await ask(anonymousActor(`2001:db8::${at}`), "open")
    expect(await refusal(ask(anonymousActor("2001:db8::ff"), "open"))).toMatchObject({
      code: "rate.limited",
    })
    expect((await ask(anonymousActor("2001:db8:1::1"), "open")).text).toBe("Hello there")
  })

  test("may do nothing else", async () => {
    const visitor = anonymousActor("192.0.2.4")
    expect(await refusal(getBalance(server.deps, visitor))).toMatchObject({ code: "auth.required" })
    expect(await refusal(createApiKey(server.deps, visitor, "mine"))).toMatchObject({
      code: "auth.required",
    })
  })
})
