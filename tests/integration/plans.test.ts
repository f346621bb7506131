import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { billing, subscriptions } from "@nio/db"
import { type PlanChoice, toMicropoints } from "@nio/server/contract"
import type { Actor } from "@nio/server/core/actor"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { actorFromKey } from "@nio/server/core/identity/actor-of"
import { getPlans, quotePlan } from "@nio/server/core/plan/get-plans"
import {
  getSubscription,
  releasePlanUsage,
  setSubscription,
} from "@nio/server/core/plan/set-subscription"
import { subscribe } from "@nio/server/core/plan/subscribe"
import { quickly } from "../support/chat-server.ts"
import { eachDatabase, type TestDatabase } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { eventually } from "../support/eventually.ts"
import { offer } from "../support/plans.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const day = 86_400_000

eachDatabase("plans", (open) => {
  let database: TestDatabase
  let server: TestServer
  let upstream: SimulatedUpstream

  beforeAll(async () => {
    database = await open()
    server = await startServer(database.db)
    upstream = await simulate(quickly)
    await server.addChannel({ baseUrl: upstream.url, models: ["m", "other", "free"] })
    await server.setPrice({ models: ["m"] })
    await server.setPrice({ type: "free", input: 0, output: 0, models: ["free"] })
    await offer(server.deps, server.admin)
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const buy = async (actor: Actor, choice: PlanChoice, requestId = crypto.randomUUID()) => {
    const { cost: expected, quotedAt } = await quotePlan(server.deps, actor, choice)
    const view = await subscribe(server.deps, actor, { ...choice, expected, quotedAt, requestId })
    return { view, cost: expected }
  }
  const have = (userId: string) => billing.balanceOf(server.deps.db, userId)
  const ask = async (key: string, model = "m") => {
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  const used = async (actor: Actor) =>
    Object.fromEntries(
      (await getPlans(server.deps, actor)).usage.map((item) => [item.id, item.used]),
    )

  test("what was quoted is charged, once, and a repeat answers the same", async () => {
    const { actor } = await server.addUser(1_000)
    const choice = { level: 1, months: 6 } as const
    const { cost: expected, quotedAt } = await quotePlan(server.deps, actor, choice)
    expect(expected).toBe(toMicropoints(540))
    const asked = { ...choice, expected, quotedAt, requestId: "once" }
    const views = await Promise.all(
      Array.from({ length: 5 }, () => subscribe(server.deps, actor, asked)),
    )
    expect(new Set(views.map((view) => view.subscription?.expiresAt)).size).toBe(1)
    expect(views[0]?.subscription).toMatchObject({ level: 1, months: 6 })
    expect(await have(actor.userId)).toEqual({ available: toMicropoints(460), held: 0 })
    const moved = await server.deps.db.rows(
      "select to_id, amount, reason from transfers where reference = ?",
      [`plan:${actor.userId}:once`],
    )
    expect(moved).toEqual([{ to_id: "site:revenue", amount: expected, reason: "new 1" }])
  })

  test("another price than the one that was told is refused, and nothing is taken", async () => {
    const { actor } = await server.addUser(1_000)
    const choice = { level: 1, months: 1 } as const
    const { cost, quotedAt } = await quotePlan(server.deps, actor, choice)
    const asked = { ...choice, quotedAt, requestId: "changed" }
    const cheaper = subscribe(server.deps, actor, { ...asked, expected: cost - 1 })
    await expect(cheaper).rejects.toMatchObject({ code: "plan.changed", params: { points: 100 } })
    const old = subscribe(server.deps, actor, {
      ...asked,
      expected: cost,
      quotedAt: quotedAt - day,
    })
    await expect(old).rejects.toMatchObject({ code: "plan.changed" })
    const early = subscribe(server.deps, actor, {
      ...asked,
      expected: cost,
      quotedAt: quotedAt + day,
    })
    await expect(early).rejects.toMatchObject({ code: "plan.changed" })
    expect(await have(actor.userId)).toEqual({ available: toMicropoints(1_000), held: 0 })
  })

  test("B11: neither too few points nor a level that is not there buys anything", async () => {
    const { actor } = await server.addUser(50)
    await expect(buy(actor, { level: 1, months: 1 })).rejects.toMatchObject({
      code: "plan.points",
      params: { needed: 100, available: 50 },
    })
    await expect(buy(actor, { level: 2, months: 1 })).rejects.toMatchObject({
      code: "plan.unknown",
    })
    expect(await subscriptions.find(server.deps.db, actor.userId)).toBeUndefined()
  })

  test("the group follows the plan at once, and an administrator stays one", async () => {
    const { actor, key } = await server.addUser(5_000)
    const groupOf = async () => (await actorFromKey(server.deps, key, () => "192.0.2.1")).group
    expect(await groupOf()).toBe("normal")
    await buy(actor, { level: 1, months: 1 })
    expect(await groupOf()).toBe("basic")
    await buy(actor, { level: 3, months: 1 })
    expect(await groupOf()).toBe("pro")
  })

  test("a channel for a group answers who has its plan, and not who has none", async () => {
    await server.addChannel({ baseUrl: upstream.url, models: ["for-pro"], groups: ["pro"] })
    await server.setPrice({ models: ["for-pro"] })
    const { actor, key } = await server.addUser(5_000)
    expect((await ask(key, "for-pro")).status).toBe(404)
    await buy(actor, { level: 3, months: 1 })
    expect((await ask(key, "for-pro")).status).toBe(200)
  })

  test("a plan pays until its uses are up, then points do; the last one's error names both", async () => {
    const { actor, key } = await server.addUser(102)
    await buy(actor, { level: 1, months: 1 })
    const before = await have(actor.userId)
    expect([(await ask(key)).status, (await ask(key)).status]).toEqual([200, 200])
    expect(await have(actor.userId)).toEqual(before)
    expect(await used(actor)).toEqual({ words: 2 })
    expect((await ask(key)).status).toBe(402)
    const { body } = await ask(key)
    expect(body.error.message).toMatch(
      /no use of Item words left until \d{4}-.*needed, 2 available/,
    )
    const lines = await server.deps.db.rows<{ charge: number; plan_item: string | null }>(
      "select charge, plan_item from usage_log where user_id = ? and outcome = 'done'",
      [actor.userId],
    )
    expect(lines).toEqual([
      { charge: 0, plan_item: "words" },
      { charge: 0, plan_item: "words" },
    ])
  })

  test("what is free takes no use, and what has no price is paid by the plan alone", async () => {
    const { actor, key } = await server.addUser(5_000)
    expect((await ask(key, "other")).body.error.code).toBe("model.unpriced")
    await buy(actor, { level: 3, months: 1 })
    const before = await have(actor.userId)
    expect((await ask(key, "free")).status).toBe(200)
    expect((await ask(key, "other")).status).toBe(200)
    expect(await have(actor.userId)).toEqual(before)
    expect(await used(actor)).toEqual({ more: 0, rest: 1 })
  })

  test("S5: an upstream that fails gives the use back, and one that points paid for does not", async () => {
    const failing = await simulate({ status: 500, body: "out of order" })
    await server.addChannel({ baseUrl: failing.url, models: ["broken"] })
    await server.setPrice({ models: ["broken"] })
    await offer(server.deps, server.admin, {
      plans: [
        {
          level: 1,
          price: toMicropoints(100),
          items: [{ id: "words", name: "W", icon: "bot", models: ["m", "broken"], quota: 2 }],
        },
      ],
    })
    const { actor, key } = await server.addUser(1_000)
    await buy(actor, { level: 1, months: 1 })
    await ask(key)
    expect((await ask(key, "broken")).status).toBeGreaterThanOrEqual(500)
    expect(await used(actor)).toEqual({ words: 1 })
    await ask(key)
    await ask(key, "broken")
    expect(await used(actor)).toEqual({ words: 2 })
    await offer(server.deps, server.admin)
    await failing.close()
  })

  test("by an API key a plan pays only where the operator allows it", async () => {
    const { actor, key } = await server.addUser(1_000)
    await buy(actor, { level: 1, months: 1 })
    const before = await have(actor.userId)
    await offer(server.deps, server.admin, { relay: false })
    expect((await ask(key)).status).toBe(200)
    expect((await have(actor.userId)).available).toBeLessThan(before.available)
    expect(await used(actor)).toEqual({ words: 0 })
    await offer(server.deps, server.admin)
  })

  test("A12: buying, changing and spending at once on two nodes leaves the books right", async () => {
    const other = await testDeps(await database.again(), { nodeId: "other" })
    const people = await Promise.all(Array.from({ length: 3 }, () => server.addUser(2_000)))
    const levels = [1, 3, 1, 3] as const
    await Promise.all(
      people.flatMap(({ actor, key }) => [
        ...levels.flatMap((level, at) => [
          buyAt(at % 2 ? other : server.deps, actor, { level, months: 1 + at }),
          buyAt(at % 2 ? server.deps : other, actor, { level, months: 6 }),
        ]),
        ask(key),
        ask(key),
      ]),
    )
    for (const { actor } of people) {
      // An answer is settled when it has been told.
      await eventually(async () => (await have(actor.userId)).held === 0)
      const { available } = await have(actor.userId)
      expect(available).toBeGreaterThanOrEqual(0)
      const rows = await server.deps.db.rows<{ spent: number }>(
        "select coalesce(sum(amount), 0) as spent from transfers where from_id = ?",
        [actor.userId],
      )
      expect(Number(rows[0]?.spent)).toBe(toMicropoints(2_000) - available)
      const had = await subscriptions.find(server.deps.db, actor.userId)
      const paid = await server.deps.db.rows(
        "select reason from transfers where reference like ? and reason like 'new%'",
        [`plan:${actor.userId}:%`],
      )
      expect(paid).toHaveLength(1)
      expect(had?.expiresAt).toBeGreaterThan(Date.now())
    }
    expect(await verifyLedger(server.deps)).toEqual([])
    await other.close()
  }, 60_000)

  const buyAt = async (deps: TestServer["deps"], actor: Actor, choice: PlanChoice) => {
    try {
      const { cost: expected, quotedAt } = await quotePlan(deps, actor, choice)
      const requestId = crypto.randomUUID()
      await subscribe(deps, actor, { ...choice, expected, quotedAt, requestId })
    } catch (error) {
      expect(["plan.changed", "plan.points"]).toContain((error as { code: string }).code)
    }
  }

  test("an administrator gives, moves and ends a plan, and releases what was used", async () => {
    const { deps, admin } = server
    const { actor, key } = await server.addUser(10)
    const { userId } = actor
    const now = Date.now()
    const given = { userId, level: 1 as const, startedAt: now, expiresAt: now + 30 * day }
    await setSubscription(deps, admin, { ...given, reason: "a present" })
    await ask(key)
    expect(await used(actor)).toEqual({ words: 1 })
    await setSubscription(deps, admin, { ...given, startedAt: now - 40 * day, reason: "moved" })
    expect((await getSubscription(deps, admin, userId)).usage).toMatchObject([{ used: 1 }])
    await releasePlanUsage(deps, admin, { userId, reason: "sorry" })
    expect(await used(actor)).toEqual({ words: 0 })
    await setSubscription(deps, admin, { ...given, level: 0, reason: "over" })
    expect((await getPlans(deps, actor)).subscription).toBeNull()
    const acts = await deps.db.rows<{ act: string }>(
      "select act from audit_log where target_id = ? order by id",
      [userId],
    )
    expect(acts.map(({ act }) => act).filter((act) => /plan|subscr/.test(act))).toEqual([
      "user.set-subscription",
      "user.set-subscription",
      "user.release-plan-usage",
      "user.set-subscription",
    ])
    const self = setSubscription(deps, actor, { ...given, level: 3, reason: "me" })
    await expect(self).rejects.toMatchObject({ code: "auth.forbidden" })
    const release = releasePlanUsage(deps, actor, { userId, reason: "me" })
    await expect(release).rejects.toMatchObject({ code: "auth.forbidden" })
  })

  test("plans that are off are not offered, sell nothing and pay for nothing; the group stays", async () => {
    const { actor, key } = await server.addUser(1_000)
    await buy(actor, { level: 1, months: 1 })
    await offer(server.deps, server.admin, { enabled: false })
    const view = await getPlans(server.deps, actor)
    expect(view).toMatchObject({ enabled: false, plans: [], usage: [] })
    expect(view.subscription?.level).toBe(1)
    await expect(buy(actor, { level: 1, months: 1 })).rejects.toMatchObject({ code: "plan.off" })
    const before = await have(actor.userId)
    await ask(key)
    expect((await have(actor.userId)).available).toBeLessThan(before.available)
    expect((await actorFromKey(server.deps, key, () => "192.0.2.1")).group).toBe("basic")
    await offer(server.deps, server.admin)
  })
})
