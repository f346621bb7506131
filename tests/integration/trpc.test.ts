import { afterAll, beforeAll, expect, test } from "bun:test"
import { type Browser, browserWith, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

eachDatabase("the web's procedures", (open) => {
  let server: TestServer
  let browser: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db)
    const { actor } = await server.addUser(0)
    browser = await signIn(server.url, actor.name)
  })
  afterAll(() => server?.close())

  test("a visitor gets a session without a user, and a typed refusal elsewhere", async () => {
    const visitor = browserWith(server.url, "")
    expect(await visitor.query("session.current")).toEqual({
      user: null,
      site: {
        title: "Chat Nio",
        register: "open",
        visitors: false,
        plans: false,
        mail: false,
        providers: [],
        buyLink: "",
        contact: "",
      },
    })
    const call = visitor.query("conversation.list", { limit: 5 })
    expect(await visitor.failure(call)).toMatchObject({ status: 401, code: "auth.required" })
  })

  test("wrong input is refused with what is wrong with it", async () => {
    const call = browser.query("conversation.list", { limit: 5_000 })
    const { status, code, params } = await browser.failure(call)
    expect({ status, code }).toEqual({ status: 400, code: "input.invalid" })
    expect(params.detail).toContain("limit")
  })

  test.each([
    ["broken JSON", "{", "application/json", 400],
    ["a form", "name=x", "application/x-www-form-urlencoded", 400],
    ["no content type", "{}", "", 400],
    ["nesting without end", "[".repeat(100_000), "application/json", 400],
    ["a NUL", `{"name":"\\u0000"}`, "application/json", 200],
  ])("%s is answered without a stack or a secret", async (_, body, type, status) => {
    const response = await fetch(`${server.url}/trpc/apiKey.create`, {
      method: "POST",
      headers: { cookie: browser.cookie, "content-type": type },
      body,
    })
    const text = await response.text()
    expect(response.status).toBe(status)
    expect(text).not.toMatch(/stack|at \/|node_modules|\.ts:/)
  })

  test("a change is refused when another site's page sends it", async () => {
    const foreign = { origin: "https://evil.example" }
    const response = await browser.post("session.signOut", {}, foreign)
    expect(response.status).toBe(403)
    expect((await browser.query("session.current")).user).not.toBeNull()
    const own = { origin: server.url }
    expect((await browser.post("apiKey.create", { name: "own" }, own)).status).toBe(200)
  })

  test("nothing is changed by a GET", async () => {
    const response = await fetch(
      `${server.url}/trpc/apiKey.create?input=${encodeURIComponent('{"name":"x"}')}`,
      { headers: { cookie: browser.cookie } },
    )
    expect(response.status).toBe(405)
  })

  test("several calls travel together", async () => {
    const response = await fetch(`${server.url}/trpc/session.current,model.list?batch=1&input={}`, {
      headers: { cookie: browser.cookie },
    })
    const results = (await response.json()) as any[]
    expect(results.map(({ result }) => Boolean(result.data))).toEqual([true, true])
  })

  test("a procedure that does not exist is named as such", async () => {
    const call = browser.query("session.nothing")
    expect(await browser.failure(call)).toMatchObject({ status: 404, code: "route.not-found" })
  })

  test("what goes wrong inside is logged with its cause and told to nobody", async () => {
    const { db } = server.deps
    let fails = false
    const broken = await startServer({
      ...db,
      get orm(): typeof db.orm {
        if (fails) throw new Error("secret detail of the database")
        return db.orm
      },
    })
    fails = true
    const visitor = browserWith(broken.url, "nio_session=abc")
    const response = await fetch(`${broken.url}/trpc/session.current`, {
      headers: { cookie: visitor.cookie },
    })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain("secret detail")
    fails = false
    const [line] = broken.deps.logged.filter(({ level }) => level === "error")
    expect(String(line?.fields.cause)).toContain("secret detail")
    await broken.close()
  })

  test("administration is for administrators", async () => {
    const calls = [
      browser.query("channel.list"),
      browser.query("channel.providers"),
      browser.mutate("channel.delete", { id: "x" }),
      browser.mutate("channel.test", { id: "x", model: "m" }),
      browser.query("price.list"),
      browser.query("price.unpriced"),
      browser.mutate("price.delete", { id: "x" }),
      browser.query("user.list", { limit: 5 }),
      browser.mutate("user.addPoints", { userId: "x", points: 1, reason: "r", requestId: "q" }),
    ]
    for (const call of calls)
      expect(await browser.failure(call)).toMatchObject({ status: 403, code: "auth.forbidden" })
  })
})
