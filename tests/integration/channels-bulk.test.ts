import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import type { ChannelView } from "@nio/server/contract"
import type { Browser } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const secret = "sk-very-secret-0123456789abcdefgh"
const login = { username: "very-secret-user", password: "very-secret-password" }
const headers = { "x-gateway": "very-secret-header-value" }

eachDatabase("many channels", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let admin: Browser

  beforeAll(async () => {
    upstream = await simulate(scriptedOpenAi({ chunks: ["Hi"] }))
    server = await startServer((await open()).db)
    admin = await signInAdmin(server, "boss")
  })
  afterAll(async () => {
    await server?.close()
    await upstream?.close()
  })

  const channel = (own: object = {}) => ({
    name: "main",
    enabled: true,
    provider: "openai",
    baseUrl: upstream.url,
    models: ["one", "two"],
    secrets: [secret],
    mapping: [],
    groups: [],
    priority: 0,
    weight: 1,
    tries: 1,
    firstByteSeconds: 60,
    ...own,
  })
  const create = async (own: object = {}): Promise<string> =>
    (await admin.mutate("channel.create", channel(own))).id
  const list = (): Promise<ChannelView[]> => admin.query("channel.list")
  const one = async (id: string) => (await list()).find((channel) => channel.id === id)
  const removeAll = async () =>
    admin.mutate("channel.deleteMany", { ids: (await list()).map(({ id }) => id) })

  test("a proxy's login and headers are hints everywhere, and an edit keeps them", async () => {
    const proxy = { scheme: "socks5", host: "proxy.test", port: 1080 }
    const id = await create({ proxy: { ...proxy, login }, headers })
    expect(await one(id)).toMatchObject({
      proxy: { ...proxy, login: "…word" },
      headerHints: { "x-gateway": "…alue" },
    })
    await admin.mutate("channel.update", {
      id,
      edit: { proxy: { ...proxy, port: 1081 }, headers: { "x-gateway": null, "x-other": "plain" } },
    })
    expect(await one(id)).toMatchObject({
      proxy: { port: 1081, login: "…word" },
      headerHints: { "x-gateway": "…alue", "x-other": "…" },
    })
    const live = server.deps.live.current().channels.find((channel) => channel.id === id)
    expect(live).toMatchObject({ proxyLogin: login, headers: { ...headers, "x-other": "plain" } })

    await admin.mutate("channel.update", { id, edit: { proxy: null, headers: {} } })
    expect(await one(id)).toMatchObject({ proxy: null, headerHints: {}, secretHints: ["…efgh"] })
    await admin.mutate("channel.update", { id, edit: { proxy } })
    expect((await one(id))?.proxy).toEqual(proxy as NonNullable<ChannelView["proxy"]>)

    const { orm, t } = server.deps.db
    expect(JSON.stringify(await orm.select().from(t.auditLog))).not.toContain("very-secret")
    await removeAll()
  })

  test.each([
    ["the key's header", { authorization: "Bearer x" }],
    ["one of the connection", { Connection: "close" }],
    ["one of the proxy", { "proxy-authorization": "x" }],
    ["a line break", { "x-a": "b\r\nhost: evil" }],
    ["no name at all", { "x a": "b" }],
  ])("refuses as a header: %s", async (_, own) => {
    const failure = await admin.failure(admin.mutate("channel.create", channel({ headers: own })))
    expect(failure.code).toBe("input.invalid")
  })

  test("are edited, and deleted, all of them or none", async () => {
    const ids = [await create(), await create({ priority: 3 })]
    await admin.mutate("channel.updateMany", { ids, edit: { enabled: false, weight: 7 } })
    expect(await list()).toMatchObject([
      { enabled: false, weight: 7, priority: 0 },
      { enabled: false, weight: 7, priority: 3 },
    ])
    const unknown = [...ids, "nobody"]
    const edit = { priority: 9 }
    expect(
      (await admin.failure(admin.mutate("channel.updateMany", { ids: unknown, edit }))).code,
    ).toBe("channel.not-found")
    expect((await list()).map(({ priority }) => priority)).toEqual([0, 3])
    expect((await admin.failure(admin.mutate("channel.deleteMany", { ids: unknown }))).code).toBe(
      "channel.not-found",
    )
    expect(await list()).toHaveLength(2)
    await admin.mutate("channel.deleteMany", { ids })
    expect(await list()).toEqual([])
  })

  test("are copied with their secrets, switched off, under a name of their own", async () => {
    const id = await create({ headers })
    const copy = (await admin.mutate("channel.duplicate", { id })).id
    const again = (await admin.mutate("channel.duplicate", { id: copy })).id
    expect(await one(copy)).toMatchObject({ name: "main (2)", enabled: false })
    expect(await one(again)).toMatchObject({ name: "main (3)", secretHints: ["…efgh"] })
    await removeAll()
  })

  test("go out as a file and come in again; secrets only when asked for", async () => {
    const proxy = { scheme: "http", host: "10.0.0.1", port: 3128 }
    const costs = [{ type: "per-token", models: ["one"], input: 5, output: 6, cachedInput: 1 }]
    await create({
      proxy: { ...proxy, login },
      headers,
      costs,
      idleSeconds: 33,
      mapping: ["a>one"],
    })
    const bare = await admin.mutate("channel.export", { withSecrets: false })
    expect(JSON.stringify(bare)).not.toContain("very-secret")
    const full = await admin.mutate("channel.export", { withSecrets: true })
    const [before] = await list()
    await removeAll()

    await admin.mutate("channel.import", full)
    const [after] = await list()
    const { id: _, updatedAt: __, ...same } = before!
    expect(after).toMatchObject(same)
    await removeAll()

    await admin.mutate("channel.import", bare)
    expect(await list()).toMatchObject([{ enabled: false, secretHints: [], costs, proxy }])
    await removeAll()
    const wrong = {
      version: 1,
      channels: [full.channels[0], { ...full.channels[0], provider: "x" }],
    }
    expect((await admin.failure(admin.mutate("channel.import", wrong))).code).toBe("input.invalid")
    expect(await list()).toEqual([])
  })

  test("are asked for their models, saved or not", async () => {
    const edit = channel({ models: [] })
    const unsaved = await admin.mutate("channel.fetchModels", {
      edit: { ...edit, models: undefined },
    })
    expect(unsaved).toEqual({ ok: true, models: ["scripted"] })
    expect(upstream.requests.at(-1)).toMatchObject({ method: "GET", path: "/v1/models" })
    const id = await create()
    expect(await admin.mutate("channel.fetchModels", { id })).toEqual(unsaved)
    upstream.answerWith({ status: 401, body: `{"error":{"message":"no ${secret}"}}` })
    const refused = await admin.mutate("channel.fetchModels", { id })
    expect(refused).toMatchObject({ ok: false, kind: "auth" })
    expect(JSON.stringify(refused)).not.toContain("very-secret")
    upstream.answerWith(scriptedOpenAi({ chunks: ["Hi"] }))
    await removeAll()
  })

  test("are tested, every model of them, a few at a time", async () => {
    const ids = [await create(), await create({ models: ["three"] })]
    const { roundId, total } = await admin.mutate("channel.testMany", { ids })
    expect(total).toBe(3)
    let round = await admin.query("channel.testRound", { roundId })
    await eventually(async () => {
      round = await admin.query("channel.testRound", { roundId })
      return round.done
    })
    expect(round.results.map(({ model }: { model: string }) => model).sort()).toEqual([
      "one",
      "three",
      "two",
    ])
    expect(round.results[0].test).toMatchObject({ ok: true, text: "Hi", ms: expect.any(Number) })
    expect(await admin.query("channel.testRound", { roundId: "nobody" })).toBeNull()
    await removeAll()
  })
})
