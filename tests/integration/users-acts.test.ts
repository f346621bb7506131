import { afterAll, beforeAll, expect, test } from "bun:test"
import { type Browser, signIn, testPassword } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { endOf, holdOf } from "../support/ledger.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

/** A busy machine takes its time over the schema. */
const startMsMax = 30_000
const password = "correct horse battery"
const reason = "because of a test"
const endsWithinMs = 3_000

eachDatabase("what administrators do to people", (open) => {
  let server: TestServer
  let boss: Browser
  let userId: string
  let key: string
  let person: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db)
    boss = await signInAdmin(server, "boss")
    const added = await server.addUser(10)
    userId = added.actor.userId
    key = added.key
    person = await signIn(server.url, added.actor.name)
  }, startMsMax)
  afterAll(() => server?.close())

  const change = (act: string, points: number, requestId: string = crypto.randomUUID()) =>
    boss.mutate(`user.${act}`, { userId, points, reason, requestId })
  const bossId = async () =>
    (await boss.query("user.list", { limit: 1, search: "boss" })).items[0].id
  const detail = (id = userId) => boss.query("user.get", { userId: id })

  test("points are deducted down to none and no further, and a repeat changes nothing", async () => {
    const twice = [change("deductPoints", 4, "twice"), change("deductPoints", 4, "twice")]
    expect(await Promise.all(twice)).toEqual(Array(2).fill({ available: 6_000_000, held: 0 }))
    const failed = await boss.failure(change("deductPoints", 6.000001))
    expect(failed).toMatchObject({
      status: 409,
      code: "points.too-few",
      params: { available: "6" },
    })
    expect(await change("deductPoints", 6)).toMatchObject({ available: 0 })
  })

  test("points are set to a number, also from nothing, with the difference in the ledger", async () => {
    expect(await change("setPoints", 7.5)).toMatchObject({ available: 7_500_000 })
    expect(await change("setPoints", 2, "set")).toMatchObject({ available: 2_000_000 })
    await change("addPoints", 3)
    expect(await change("setPoints", 2, "set")).toMatchObject({ available: 5_000_000 })
    const { items } = await person.query("statement.list", { from: 0, until: 8e15, limit: 9 })
    expect(items.map(({ points }: any) => points)).toEqual([
      3_000_000, -5_500_000, 7_500_000, -6_000_000, -4_000_000, 10_000_000,
    ])
    expect(items[1]).toMatchObject({ kind: "debit", cause: "admin", reason })
  })

  test("many at once, of a person who never had any, come to what the ledger says", async () => {
    const { id } = await boss.mutate("user.create", { name: "newcomer", password })
    const acts = Array.from({ length: 12 }, (_, index) =>
      boss.mutate(index % 3 === 0 ? "user.setPoints" : "user.addPoints", {
        ...{ userId: id, points: 1, reason, requestId: `many-${index}` },
      }),
    )
    await Promise.all(acts)
    const { items } = await boss.query("statement.listSite", {
      ...{ userId: id, from: 0, until: 8e15, limit: 50 },
    })
    const sum = items.reduce((sum: number, { points }: any) => sum + points, 0)
    expect((await detail(id)).available).toBe(sum)
  })

  test("each act is in the audit log, with who did it, why, and what was before", async () => {
    const { acts } = await detail()
    expect(acts[0]).toMatchObject({ act: "user.add-points", actor: "boss" })
    const set = acts.find(({ act }: any) => act === "user.set-points")
    expect(JSON.parse(set.after)).toEqual({ points: 2, reason })
    expect(JSON.parse(set.before)).toEqual({ points: 7.5 })
  })

  test("a ban ends sessions and keys within three seconds, and lifting it lets them in again", async () => {
    const began = performance.now()
    const ask = () =>
      fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
    expect((await ask()).status).toBe(200)
    await boss.mutate("user.ban", { userId, banned: true, reason })
    expect((await ask()).status).toBe(401)
    expect(await person.failure(person.query("account.balance"))).toMatchObject({ status: 401 })
    expect(performance.now() - began).toBeLessThan(endsWithinMs)
    const { items } = await boss.query("user.list", { limit: 9, show: "banned" })
    expect(items).toMatchObject([{ id: userId, state: "banned" }])

    await boss.mutate("user.ban", { userId, banned: false, reason })
    expect((await ask()).status).toBe(200)
    person = await signIn(server.url, "user-1")
  })

  test("S22: nobody shuts themselves out, nor root", async () => {
    const id = await bossId()
    for (const [path, own] of [
      ["user.ban", { banned: true }],
      ["user.setRole", { role: "user" }],
    ] as const)
      expect(await boss.failure(boss.mutate(path, { userId: id, reason, ...own }))).toMatchObject({
        status: 409,
        code: "user.self",
      })
    await signInAdmin(server, "root")
    const { items } = await boss.query("user.list", { limit: 9, search: "root" })
    for (const [path, own] of [
      ["user.ban", { banned: true }],
      ["user.setRole", { role: "user" }],
    ] as const)
      expect(
        await boss.failure(boss.mutate(path, { userId: items[0].id, reason, ...own })),
      ).toMatchObject({ status: 409, code: "user.root" })
  })

  test("an administrator is made and unmade, at once", async () => {
    expect(await person.failure(person.query("user.list", { limit: 1 }))).toMatchObject({
      status: 403,
    })
    await boss.mutate("user.setRole", { userId, role: "admin", reason })
    expect((await person.query("user.list", { limit: 1 })).items).toHaveLength(1)
    await boss.mutate("user.setRole", { userId, role: "user", reason })
    expect(await person.failure(person.query("user.list", { limit: 1 }))).toMatchObject({
      status: 403,
    })
  })

  test("another password ends sessions and keys, and is the one that lets in", async () => {
    const next = "another horse battery"
    await boss.mutate("user.setPassword", { userId, password: next, reason })
    expect(await person.failure(person.query("account.balance"))).toMatchObject({ status: 401 })
    await expect(signIn(server.url, "user-1", testPassword)).rejects.toThrow()
    expect((await detail()).keys).toEqual([])
    person = await signIn(server.url, "user-1", next)
    const weak = boss.mutate("user.setPassword", { userId, password: "short", reason })
    expect(await boss.failure(weak)).toMatchObject({ code: "auth.password-weak" })
    expect(JSON.stringify((await detail()).acts)).not.toContain(next)
  })

  test("a mail address is one person's", async () => {
    await boss.mutate("user.setEmail", { userId, email: "Some.One@example.org", reason })
    expect(await detail()).toMatchObject({ email: "Some.One@example.org", emailVerified: true })
    const same = { name: "another", password, email: "some.one@EXAMPLE.org" }
    const failed = await boss.failure(boss.mutate("user.create", same))
    expect(failed).toMatchObject({ status: 409, code: "mail.taken" })
    const { items } = await boss.query("user.list", { limit: 9, search: "one@exam" })
    expect(items).toMatchObject([{ id: userId }])
    await boss.mutate("user.setEmail", { userId, email: null, reason })
    expect(await detail()).toMatchObject({ email: null, emailVerified: false })
  })

  test("keys are seen by their hints and revoked, sessions are ended", async () => {
    const { key } = await person.mutate("apiKey.create", { name: "laptop" })
    const { keys, sessions } = await detail()
    expect(keys).toMatchObject([{ name: "laptop", hint: key.slice(-4) }])
    expect(sessions).toHaveLength(1)
    expect(JSON.stringify(keys)).not.toContain(key)
    await boss.mutate("user.revokeKey", { userId, id: keys[0].id })
    await boss.mutate("user.endSessions", { userId })
    expect(await detail()).toMatchObject({ keys: [], sessions: [] })
    person = await signIn(server.url, "user-1", "another horse battery")
  })

  test("the list is ordered by what is asked for, each once over all pages", async () => {
    for (const order of ["created", "balance", "plan"]) {
      const seen: { id: string; available: number }[] = []
      let cursor: string | undefined
      do {
        const page = await boss.query("user.list", { limit: 1, order, ...(cursor && { cursor }) })
        seen.push(...page.items)
        cursor = page.next ?? undefined
      } while (cursor)
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
      expect(seen).toHaveLength(4)
      const points = seen.map(({ available }) => available)
      if (order === "balance") expect(points).toEqual(points.toSorted((a, b) => b - a))
    }
    expect((await boss.query("user.list", { limit: 9, show: "admin" })).items).toHaveLength(2)
    expect((await boss.query("user.list", { limit: 9, show: "subscribed" })).items).toEqual([])
  })

  test("only administrators do any of this", async () => {
    const asked = [
      person.query("user.get", { userId }),
      person.mutate("user.deductPoints", { userId, points: 1, reason, requestId: "x" }),
      person.mutate("user.setPoints", { userId, points: 9, reason, requestId: "x" }),
      person.mutate("user.ban", { userId, banned: true, reason }),
      person.mutate("user.setRole", { userId, role: "admin", reason }),
      person.mutate("user.setPassword", { userId, password, reason }),
      person.mutate("user.setEmail", { userId, email: "a@example.org", reason }),
      person.mutate("user.create", { name: "friend", password }),
      person.mutate("user.revokeKey", { userId, id: "x" }),
      person.mutate("user.endSessions", { userId }),
    ]
    for (const one of asked)
      expect(await person.failure(one)).toMatchObject({ status: 403, code: "auth.forbidden" })
    expect(await detail()).toMatchObject({ available: 5_000_000, role: "user", state: "active" })
  })

  test("A11: a profile saved again and again while points are spent leaves the balance alone", async () => {
    const { ledger } = server.deps
    const saving = Array.from({ length: 20 }, (_, index) =>
      person.mutate("account.setAlarm", { below: 1 + index }),
    )
    const spending = Array.from({ length: 20 }, async () => {
      const hold = holdOf(userId, 1_000)
      await ledger.open(hold)
      await ledger.settle(hold.id, endOf(1_000))
    })
    const renaming = boss.mutate("user.setEmail", { userId, email: "b@example.org", reason })
    await Promise.all([...saving, ...spending, renaming])
    expect(await detail()).toMatchObject({ available: 5_000_000 - 20_000, held: 0 })
  })
})
