import { afterAll, beforeAll, expect, test } from "bun:test"
import { noLimits, type PlanItem, toMicropoints } from "@nio/server/contract"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { savePlans } from "@nio/server/core/plan/save-plans"
import { type OldClients, openOldSocket, startOldClients } from "../support/compat.ts"
import { eachDatabase } from "../support/databases.ts"

const item: PlanItem = { id: "chat", name: "Chat", icon: "message", models: ["m"], quota: 2 }

eachDatabase("plans, as old clients know them", (open) => {
  let old: OldClients

  beforeAll(async () => {
    old = await startOldClients((await open()).db)
    await savePlans(old.server.deps, old.server.admin, {
      enabled: true,
      relay: false,
      discounts: [{ months: 6, percentOff: 10 }],
      plans: [
        { level: 1, price: toMicropoints(10), items: [item] },
        { level: 3, price: toMicropoints(1_000), items: [item] },
      ],
    })
  })
  afterAll(() => old?.close())

  test("are bought for points, pay for answers, and tell what is used", async () => {
    expect(await old.post("/subscribe", { level: 3, month: 1 })).toMatchObject({
      status: false,
      error: "not enough money",
    })
    expect(await old.post("/subscribe", { level: 2, month: 1 })).toMatchObject({ status: false })
    expect(await old.post("/subscribe", { level: 1, month: 6 })).toEqual({
      status: true,
      error: "success",
    })
    expect(await old.get("/quota")).toEqual({ status: true, quota: 46 })

    const socket = await openOldSocket(old.server.url, { token: old.key, id: -1 })
    const { end } = await socket.ask("hi")
    expect(end).toMatchObject({ plan: true, quota: 0, end: true })
    socket.close()
    const told = await old.get("/subscription")
    expect(told).toMatchObject({
      status: true,
      level: 1,
      is_subscribed: true,
      enterprise: false,
      usage: { chat: { used: 1, total: 2 } },
    })
    expect(told.data).toMatchObject({ is_subscribed: true, expired: told.expired })
    expect(told.expired).toBeWithin(180, 186)
    expect(await old.get("/quota")).toEqual({ status: true, quota: 46 })
  })

  test("are not for keys that may spend only so much", async () => {
    const terms = { limits: noLimits, spendCap: 1 }
    const { key } = await createApiKey(old.server.deps, old.actor, "capped", terms)
    expect(await old.post("/subscribe", { level: 1, month: 1 }, key)).toMatchObject({
      status: false,
    })
    expect((await old.get("/quota")).quota).toBe(46)
  })

  test("are listed for everybody, as is how models are shown", async () => {
    const { db } = old.server.deps
    const entry = { name: "Em", description: "Short", highContext: true, avatar: "m.png", tags: [] }
    await db.orm.insert(db.t.marketEntries).values({ model: "m", position: 1, entry, updatedAt: 1 })
    expect(await old.get("/v1/market", "")).toEqual([
      {
        id: "m",
        name: "Em",
        description: "Short",
        default: false,
        high_context: true,
        avatar: "m.png",
        tag: [],
      },
    ])
    expect((await old.get("/v1/plans", ""))[0]).toMatchObject({ level: 1, price: 1 })
  })
})
