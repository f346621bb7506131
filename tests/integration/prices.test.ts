import { afterAll, beforeAll, expect, test } from "bun:test"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

eachDatabase("prices", (open) => {
  let server: TestServer
  let admin: Browser
  let person: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db)
    admin = await signInAdmin(server, "boss")
    person = await signIn(server.url, (await server.addUser(0)).actor.name)
    await server.addChannel({ baseUrl: "http://127.0.0.1:1", models: ["a", "b", "c"] })
  })
  afterAll(() => server?.close())

  const rule = (own: object) => ({
    type: "per-token",
    models: ["a"],
    input: 1_000_000,
    output: 2_000_000,
    anonymous: false,
    ...own,
  })
  const models = async (browser: Browser) =>
    Object.fromEntries(
      (await browser.query("model.list")).map((one: any) => [one.id, one.price?.type ?? null]),
    )

  test("the first rule that names a model is its price; models without one are the administrator's", async () => {
    expect(await admin.query("price.unpriced")).toEqual(["a", "b", "c"])
    const first = await admin.mutate("price.save", { rule: rule({}) })
    const free = { type: "free", models: ["a", "b"], input: 0, output: 0 }
    const second = await admin.mutate("price.save", { rule: rule(free) })
    expect(await admin.query("price.unpriced")).toEqual(["c"])
    expect(await models(person)).toEqual({ a: "per-token", b: "free" })
    expect(await models(admin)).toEqual({ a: "per-token", b: "free", c: null })

    await admin.mutate("price.delete", { id: first.id })
    expect(await models(person)).toEqual({ a: "free", b: "free" })
    await admin.mutate("price.delete", { id: second.id })
  })

  test("an edit keeps the place of a rule", async () => {
    const made = [
      await admin.mutate("price.save", { rule: rule({ models: ["a"] }) }),
      await admin.mutate("price.save", { rule: rule({ models: ["b"] }) }),
    ]
    await admin.mutate("price.save", { id: made[0].id, rule: rule({ models: ["c"], input: 5 }) })
    const list = await admin.query("price.list")
    expect(list.map((one: any) => [one.id, one.models, one.input])).toEqual([
      [made[0].id, ["c"], 5],
      [made[1].id, ["b"], 1_000_000],
    ])
    for (const { id } of made) await admin.mutate("price.delete", { id })
  })

  test("rules get dearer by percent, all of them or none, and keep their place", async () => {
    const details = { cachedInput: 100_000 }
    const [one, two] = [
      await admin.mutate("price.save", { rule: rule({ models: ["a"], details }) }),
      await admin.mutate("price.save", { rule: rule({ models: ["b"] }) }),
    ]
    const ids = [one.id, two.id]
    const missing = admin.mutate("price.change", { ids: [...ids, "gone"], percent: 50 })
    expect((await admin.failure(missing)).code).toBe("price.not-found")
    await admin.mutate("price.change", { ids: [one.id], percent: 12.5 })
    const list = await admin.query("price.list")
    expect(list.map((each: any) => [each.id, each.input, each.details])).toEqual([
      [one.id, 1_125_000, { cachedInput: 112_500 }],
      [two.id, 1_000_000, null],
    ])
    expect(server.deps.live.current().prices.get("a")?.output).toBe(2_250_000)
    for (const percent of [-100, 12.345, 10_001, Number.NaN]) {
      const wrong = admin.mutate("price.change", { ids, percent })
      expect((await admin.failure(wrong)).code).toBe("input.invalid")
    }
    const byPerson = person.mutate("price.change", { ids, percent: 1 })
    expect((await person.failure(byPerson)).code).toBe("auth.forbidden")
    for (const id of ids) await admin.mutate("price.delete", { id })
  })

  test("a rule that makes no sense is refused", async () => {
    const calls = [
      admin.mutate("price.save", { rule: rule({ anonymous: true }) }),
      admin.mutate("price.save", { rule: rule({ input: -1 }) }),
      admin.mutate("price.save", { rule: rule({ input: 0.5 }) }),
      admin.mutate("price.save", { rule: rule({ output: 1e16 }) }),
      admin.mutate("price.save", { rule: rule({ models: [] }) }),
      admin.mutate("price.save", { rule: rule({ details: { image: -1 } }) }),
      admin.mutate("price.save", { rule: rule({ details: { image: 2 ** 63 } }) }),
      admin.mutate("price.save", { rule: rule({ details: { longContext: { input: 1 } } }) }),
      admin.mutate("price.save", { rule: rule({ models: [" a"] }) }),
    ]
    for (const call of calls) expect((await admin.failure(call)).code).toBe("input.invalid")
    const gone = admin.mutate("price.save", { id: "x", rule: rule({}) })
    expect((await admin.failure(gone)).code).toBe("price.not-found")
    expect(await admin.query("price.list")).toEqual([])
  })
})
