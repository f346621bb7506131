import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { shares } from "@nio/db"
import type { Actor } from "@nio/server/core/actor"
import { testPassword } from "../support/browser.ts"
import { type Body, type OldClients, startOldClients } from "../support/compat.ts"
import { eachDatabase } from "../support/databases.ts"
import type { TestServer } from "../support/relay.ts"

eachDatabase("what old clients ask for", (open) => {
  let old: OldClients
  let server: TestServer
  let actor: Actor
  let key: string

  beforeAll(async () => {
    old = await startOldClients((await open()).db)
    ;({ server, actor, key } = old)
  })
  afterAll(() => old?.close())

  const send: OldClients["send"] = (...call) => old.send(...call)
  const get: OldClients["get"] = (...call) => old.get(...call)
  const post: OldClients["post"] = (...call) => old.post(...call)
  const conversation: OldClients["conversation"] = (...call) => old.conversation(...call)

  describe("an account", () => {
    test("is made, signed in to by JSON or by form, and known by the token alone", async () => {
      const name = "newcomer"
      const made = await post("/register", {
        username: name,
        password: testPassword,
        email: "",
        code: "",
      })
      expect(made).toEqual({ status: true, token: expect.stringMatching(/^[\w-]{43}$/) })
      const form = await send(
        "/login",
        { method: "POST", body: new URLSearchParams({ username: name, password: testPassword }) },
        "",
      )
      expect(form.headers.get("set-cookie")).toBeNull()
      const { token: second } = (await form.json()) as Body
      for (const one of [made.token, `Bearer ${second}`])
        expect(await post("/state", {}, one)).toEqual({ status: true, user: name, admin: false })
      expect(await get("/", second)).toEqual({ status: true, auth: true, method: "token" })
      expect(await get("/", key)).toEqual({ status: true, auth: true, method: "api" })
      expect(await get("/", "")).toEqual({ status: true, auth: false, method: "" })
      expect((await get("/userinfo", second)).data).toMatchObject({ used_quota: 0, email: "" })
    })

    test("says so in the known words when a password is wrong", async () => {
      const said = await post("/login", { username: actor.name, password: "not the one" }, "")
      expect(said).toMatchObject({ status: false, error: "invalid username or password" })
    })

    test("has one key for old clients, shown once and made anew on demand", async () => {
      const { actor: other } = await server.addUser(5)
      const login = await post("/login", { username: other.name, password: testPassword }, "")
      const first = await get("/apikey", login.token)
      expect(first.key).toMatch(/^sk-/)
      expect(await get("/apikey", login.token)).toMatchObject({
        status: false,
        error: expect.stringContaining("Reset it"),
      })
      const second = await post("/resetkey", {}, login.token)
      expect((await get("/quota", second.key)).quota).toBe(5)
      expect((await send("/quota", {}, first.key)).status).toBe(401)
    })
  })

  describe("conversations", () => {
    test("are listed, loaded with a slash at the end, renamed and deleted", async () => {
      const number = await conversation("one", "two")
      const slashed = await get(`/conversation/load/?id=${number}`)
      expect(slashed.data).toMatchObject({ id: number, name: "one", model: "m" })
      expect(slashed.data.message.map(({ role, content }: Body) => [role, content])).toEqual([
        ["user", "one"],
        ["assistant", "Hello there"],
        ["user", "two"],
        ["assistant", "Hello there"],
      ])
      await post("/conversation/rename", { id: number, name: "Another" })
      const { data } = await get("/conversation/list")
      expect(data[0]).toEqual({
        auth: false,
        user_id: 0,
        id: number,
        name: "Another",
        message: null,
        model: "",
        enable_web: false,
        shared: false,
        context: 0,
      })
      expect(await get(`/conversation/delete/?id=${number}`)).toMatchObject({ status: true })
      expect(await get(`/conversation/load?id=${number}`)).toMatchObject({
        status: false,
        message: "conversation not found",
      })
    })

    test("B4: of others do not exist, whatever is done to them", async () => {
      const number = await conversation("mine alone")
      const { key: other } = await server.addUser(5)
      const missing = { status: false, message: "conversation not found" }
      expect(await get(`/conversation/load?id=${number}`, other)).toMatchObject(missing)
      expect(await get(`/conversation/delete?id=${number}`, other)).toMatchObject(missing)
      expect(await post("/conversation/rename", { id: number, name: "x" }, other)).toMatchObject(
        missing,
      )
      expect(await post("/conversation/share", { id: number, refs: [-1] }, other)).toMatchObject(
        missing,
      )
      const { data: hash } = await post("/conversation/share", { id: number, refs: [-1] })
      expect(await get(`/conversation/share/delete?hash=${hash}`, other)).toMatchObject({
        status: false,
      })
      await get("/conversation/clean", other)
      expect(await get(`/conversation/view?hash=${hash}`, "")).toMatchObject({ status: true })
      expect((await get("/conversation/list")).data[0]).toMatchObject({ name: "mine alone" })
    })

    test("are all deleted at once", async () => {
      await conversation("one")
      await conversation("two")
      await get("/conversation/clean")
      expect((await get("/conversation/list")).data).toEqual([])
    })
  })

  describe("shares", () => {
    test("S14: are copies under names nobody can guess", async () => {
      const number = await conversation("shown", "hidden")
      const { data: first } = await post("/conversation/share", { id: number, refs: [0, 1] })
      const { data: second } = await post("/conversation/share", { id: number, refs: [0, 1] })
      expect(first).toMatch(/^[\w-]{43}$/)
      expect(second).not.toBe(first)
      await get(`/conversation/delete?id=${number}`)
      const { data } = await get(`/conversation/view?hash=${first}`, "")
      expect(data).toMatchObject({ username: actor.name, name: "shown", model: "m" })
      expect(data.messages).toEqual([
        { role: "user", content: "shown" },
        { role: "assistant", content: "Hello there" },
      ])
      const { data: listed } = await get("/conversation/share/list")
      expect(listed.map(({ hash }: Body) => hash)).toEqual(expect.arrayContaining([first, second]))
      await get(`/conversation/share/delete?hash=${first}`)
      expect(await get(`/conversation/view?hash=${first}`, "")).toMatchObject({ status: false })
    })

    test("of a place that is not there are refused, and leave nothing", async () => {
      const number = await conversation("short")
      expect(await post("/conversation/share", { id: number, refs: [7] })).toMatchObject({
        status: false,
      })
    })

    test("of an earlier server are found by the names they had", async () => {
      const id = "0123456789abcdef0123456789abcdef"
      await shares.insert(server.deps.db, {
        id,
        userId: actor.userId,
        conversationId: null,
        title: "Of old",
        model: "gpt-3.5-turbo",
        messages: [{ role: "user", text: "Are you there?" }],
        createdAt: 1,
      })
      const { data } = await get(`/conversation/view?hash=${id}`, "")
      expect(data.messages).toEqual([{ role: "user", content: "Are you there?" }])
    })
  })

  test("masks are saved, changed, listed and deleted by their owner alone", async () => {
    const mask = {
      id: -1,
      avatar: "1f9d0",
      name: "Cat",
      description: "Meows",
      context: [{ role: "system", content: "You are a cat." }],
    }
    expect(await post("/conversation/mask/save", mask)).toMatchObject({ status: true })
    const [saved] = (await get("/conversation/mask/view")).data
    expect(saved).toEqual({ ...mask, id: expect.any(Number) })
    const { key: other } = await server.addUser(5)
    const changed = { ...saved, name: "Dog" }
    expect(await post("/conversation/mask/save", changed, other)).toMatchObject({ status: false })
    expect(await post("/conversation/mask/save", changed)).toMatchObject({ status: true })
    expect(await post("/conversation/mask/delete", { id: saved.id }, other)).toMatchObject({
      status: false,
    })
    expect((await get("/conversation/mask/view")).data[0]).toMatchObject({ name: "Dog" })
    await post("/conversation/mask/delete", { id: saved.id })
    expect((await get("/conversation/mask/view")).data).toEqual([])
    expect(await get("/conversation/mask/view", "")).toEqual({
      status: false,
      data: null,
      error: "authentication_error",
    })
  })

  test("what is not there is told so, and the relay is reached below /api", async () => {
    expect(await get("/nothing")).toEqual({
      status: false,
      message: "not found or method not allowed",
    })
    const models = await send("/v1/models", {})
    expect(((await models.json()) as Body).data.map(({ id }: Body) => id)).toEqual(["m"])
    expect((await send("/dashboard/billing/subscription", {})).status).toBe(200)
  })

  test("what is on offer for nothing is told in the known words", async () => {
    expect(await post("/buy", { quota: 5 })).toMatchObject({
      status: false,
      error: "cannot find payment provider",
    })
    expect(await get("/subscription")).toMatchObject({
      status: true,
      is_subscribed: false,
      data: { is_subscribed: false, expired: 0 },
    })
    expect(await post("/subscribe", { level: 3, month: 1 })).toMatchObject({ status: false })
    expect(await get("/broadcast/view", "")).toBeNull()
    expect((await get("/info", "")).title).toBe("Chat Nio")
  })
})
