import { afterAll, beforeAll, expect, test } from "bun:test"
import {
  faults,
  type SimulatedUpstream,
  scriptedOpenAi,
  scriptedTasks,
  simulate,
} from "@nio/adapters/testing"
import { channels } from "@nio/db"
import { readSecrets } from "@nio/server/core/channel/channel-secrets"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const secret = "sk-very-secret-0123456789abcdefgh"

eachDatabase("channels", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let admin: Browser
  let person: Browser
  let key: string

  beforeAll(async () => {
    upstream = await simulate(scriptedOpenAi({ chunks: ["Hi"] }))
    server = await startServer((await open()).db)
    admin = await signInAdmin(server, "boss")
    const added = await server.addUser(100)
    key = added.key
    person = await signIn(server.url, added.actor.name)
    await server.setPrice({ models: ["one", "two", "alias"], type: "free", input: 0, output: 0 })
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
    models: ["one"],
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
  const listed = async (id: string) =>
    (await admin.query("channel.list")).find((one: { id: string }) => one.id === id)
  const chat = async (model: string) =>
    await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
    })

  test("a secret goes in and never comes out", async () => {
    const id = await create()
    expect(await listed(id)).toMatchObject({ secretHints: ["…efgh"], models: ["one"] })
    expect(JSON.stringify(await admin.query("channel.list"))).not.toContain("very-secret")
    const { orm, t } = server.deps.db
    const lines = await orm.select().from(t.auditLog)
    expect(lines.map(({ act }) => act)).toContain("channel.create")
    expect(JSON.stringify(lines)).not.toContain("very-secret")
    await admin.mutate("channel.delete", { id })
  })

  test("an edit without secrets keeps them, and one field changes one field", async () => {
    const id = await create({ priority: 7, tries: 3, weight: 5 })
    await admin.mutate("channel.update", { id, edit: { name: "renamed" } })
    expect(await listed(id)).toMatchObject({
      name: "renamed",
      priority: 7,
      tries: 3,
      weight: 5,
      secretHints: ["…efgh"],
    })
    const row = await channels.find(server.deps.db, id)
    expect(readSecrets(server.deps.vault, row?.secrets)?.keys).toEqual([secret])
    await admin.mutate("channel.update", { id, edit: { secrets: ["sk-another-key-number-two"] } })
    expect(await listed(id)).toMatchObject({ secretHints: ["…-two"] })
    await admin.mutate("channel.delete", { id })
  })

  test("an edit is used by the next request: on, mapped, for a group, off", async () => {
    const id = await create({ mapping: ["alias>one"], models: ["one"] })
    expect((await chat("alias")).status).toBe(200)
    expect(upstream.requests.at(-1)?.body.model).toBe("one")
    await admin.mutate("channel.update", { id, edit: { groups: ["pro"] } })
    expect((await chat("alias")).status).toBe(404)
    await admin.mutate("channel.update", { id, edit: { groups: [], mapping: ["!alias>one"] } })
    const names = (await person.query("model.list")).map((model: { id: string }) => model.id)
    expect(names).toEqual(["alias"])
    await admin.mutate("channel.update", { id, edit: { enabled: false } })
    expect((await chat("alias")).status).toBe(404)
    expect(await person.query("model.list")).toEqual([])
    await admin.mutate("channel.delete", { id })
  })

  test("what is not there, or makes no sense, is refused by name", async () => {
    const failures = await Promise.all(
      [
        admin.mutate("channel.update", { id: "x", edit: {} }),
        admin.mutate("channel.delete", { id: "x" }),
        admin.mutate("channel.test", { id: "x", model: "one" }),
        admin.mutate("channel.create", channel({ provider: "nobody" })),
        admin.mutate("channel.create", channel({ baseUrl: "ftp://x" })),
        admin.mutate("channel.create", channel({ secrets: [] })),
        admin.mutate("channel.create", channel({ mapping: ["a>"] })),
      ].map((call) => admin.failure(call)),
    )
    expect(failures.map(({ code }) => code)).toEqual([
      "channel.not-found",
      "channel.not-found",
      "channel.not-found",
      "input.invalid",
      "input.invalid",
      "input.invalid",
      "input.invalid",
    ])
  })

  test("providers are offered with their addresses and models", async () => {
    const providers = await admin.query("channel.providers")
    expect(providers.find(({ id }: { id: string }) => id === "openai")).toMatchObject({
      name: "OpenAI",
      baseUrl: expect.stringContaining("https://"),
    })
  })

  test("a test asks a model that does not chat for what it does", async () => {
    const models = ["bge-m3", "bge-reranker-v2"]
    const id = await create({ provider: "jina", models })
    upstream.answerWith(scriptedTasks)
    for (const model of models)
      expect(await admin.mutate("channel.test", { id, model })).toMatchObject({ ok: true })
    expect(upstream.requests.slice(-2).map(({ path }) => path)).toEqual([
      "/v1/embeddings",
      "/v1/rerank",
    ])
    upstream.answerWith(scriptedOpenAi({ chunks: ["Hi"] }))
    await admin.mutate("channel.delete", { id })
  })

  test("a test asks the upstream for real, also through a channel that is off", async () => {
    const id = await create({ enabled: false })
    const result = await admin.mutate("channel.test", { id, model: "one" })
    expect(result).toMatchObject({ ok: true, text: "Hi" })
    expect(upstream.requests.at(-1)?.headers.get("authorization")).toBe(`Bearer ${secret}`)

    upstream.answerWith({
      status: 401,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ error: { message: `bad key ${secret} at ${upstream.url}` } }),
    })
    const refused = await admin.mutate("channel.test", { id, model: "one" })
    expect(refused).toMatchObject({ ok: false, kind: "auth" })
    expect(JSON.stringify(refused)).not.toContain("very-secret")
    expect(JSON.stringify(refused)).not.toContain("127.0.0.1")

    upstream.answerWith(faults.html)
    expect(await admin.mutate("channel.test", { id, model: "one" })).toMatchObject({ ok: false })
    upstream.answerWith(scriptedOpenAi({ chunks: ["Hi"] }))
    await admin.mutate("channel.delete", { id })
  })

  test("a row that cannot be read is shown with the reason and can be repaired", async () => {
    const id = await create()
    const row = await channels.find(server.deps.db, id)
    if (!row) throw new Error("no row")
    await channels.save(server.deps.db, { ...row, config: { provider: "openai", models: 7 } })
    expect((await listed(id)).broken).toContain("models")
    const { name: _, enabled: __, secrets: ___, ...config } = channel()
    await admin.mutate("channel.update", { id, edit: config })
    expect((await listed(id)).broken).toBeUndefined()
    await admin.mutate("channel.delete", { id })
  })
})
