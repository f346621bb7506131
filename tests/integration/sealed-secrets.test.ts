import { afterAll, beforeAll, expect, test } from "bun:test"
import { channels } from "@nio/db"
import { channelDefaults } from "@nio/server/contract"
import { isSealed, keyIdOf } from "@nio/server/core/channel/channel-secrets"
import { sealChannels } from "@nio/server/core/channel/seal-channels"
import { listUnopened } from "@nio/server/core/live/unopened"
import { createVault } from "@nio/server/infra/vault"
import type { Browser } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const secret = "sk-very-secret-0123456789abcdefgh"
const config = {
  ...channelDefaults,
  provider: "openai",
  baseUrl: "https://upstream.test",
  models: ["m"],
}

eachDatabase("S16: secrets of channels at rest", (open) => {
  let server: TestServer
  let admin: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db)
    admin = await signInAdmin(server, "operator")
  })
  afterAll(() => server.close())

  const db = () => server.deps.db
  const stored = async (id: string) => (await channels.find(db(), id))!.secrets
  const create = (own: object = {}): Promise<{ id: string }> =>
    admin.mutate("channel.create", {
      ...config,
      name: "c",
      enabled: true,
      secrets: [secret],
      ...own,
    })
  const live = (id: string) => server.deps.live.current().channels.find((one) => one.id === id)
  /** A row as earlier versions wrote it. */
  const plainRow = async (secrets: unknown) => {
    const id = server.deps.newId()
    await channels.insert(db(), { id, name: "old", enabled: true, config, secrets, updatedAt: 1 })
    await server.deps.live.reload()
    return id
  }

  test("S16: keys, headers and logins of proxies cannot be read in the database", async () => {
    const { id } = await create({
      headers: { "x-team": "secret-header-value" },
      proxy: {
        scheme: "http",
        host: "proxy.test",
        port: 3128,
        login: { username: "proxy-user", password: "proxy-password" },
      },
    })
    const raw = JSON.stringify(await channels.find(db(), id))
    expect(isSealed(await stored(id))).toBe(true)
    for (const hidden of [secret, "secret-header-value", "proxy-user", "proxy-password"])
      expect(raw).not.toContain(hidden)
    expect(live(id)).toMatchObject({
      keys: [{ secret, id: keyIdOf(id, secret) }],
      headers: { "x-team": "secret-header-value" },
      proxyLogin: { username: "proxy-user", password: "proxy-password" },
    })
  })

  test("a copy and an edit keep what is sealed", async () => {
    const { id } = await create()
    await admin.mutate("channel.update", { id, edit: { weight: 7 } })
    const copy = await admin.mutate("channel.duplicate", { id })
    for (const one of [id, copy.id]) expect(isSealed(await stored(one))).toBe(true)
    expect(live(id)?.keys).toMatchObject([{ secret }])
    const file = await admin.mutate("channel.export", { ids: [copy.id], withSecrets: true })
    expect(file.channels).toMatchObject([{ secrets: [secret] }])
  })

  test.each([
    ["a list of keys", [secret]],
    ["keys and headers", { keys: [secret], headers: { "x-a": "b" } }],
  ])("what was stored as %s is still read, and sealed once", async (_, secrets) => {
    const id = await plainRow(secrets)
    expect(live(id)?.keys).toEqual([{ id: keyIdOf(id, secret), secret }])
    const keys = live(id)?.keys
    const sealed = await Promise.all([sealChannels(server.deps), sealChannels(server.deps)])
    expect(sealed[0]! + sealed[1]!).toBeGreaterThanOrEqual(1)
    expect(await sealChannels(server.deps)).toBe(0)
    expect(isSealed(await stored(id))).toBe(true)
    await server.deps.live.reload()
    expect(live(id)?.keys).toEqual(keys!)
  })

  test("who edits a channel while it is sealed is not undone", async () => {
    const id = await plainRow([secret])
    const row = (await channels.find(db(), id))!
    await admin.mutate("channel.update", { id, edit: { secrets: ["sk-the-new-one-000000"] } })
    expect(await channels.seal(db(), row, { sealed: "old" })).toBe(false)
    expect(live(id)?.keys).toMatchObject([{ secret: "sk-the-new-one-000000" }])
  })

  test("with another SECRET they are named, left out, and not thrown away by an edit", async () => {
    const { id } = await create({ name: "sealed elsewhere" })
    const vault = createVault("the secret of another installation")
    const other = await startServer(db(), { vault })
    const stranger = await signInAdmin(other, "operator-elsewhere")
    expect(other.deps.live.current().channels.some((one) => one.id === id)).toBe(false)
    expect(await listUnopened(other.deps)).toContain("channel sealed elsewhere")
    const shown = (await stranger.query("channel.list")).find(
      (one: { id: string }) => one.id === id,
    )
    expect(shown.broken).toContain("SECRET")

    const before = await stored(id)
    await stranger.mutate("channel.update", { id, edit: { weight: 3 } })
    expect(await stored(id)).toEqual(before)
    await stranger.mutate("channel.update", { id, edit: { secrets: ["sk-entered-anew-00000"] } })
    expect(other.deps.live.current().channels.find((one) => one.id === id)?.keys).toMatchObject([
      { secret: "sk-entered-anew-00000" },
    ])
    await other.close()
    expect(await listUnopened(server.deps)).toContain("channel sealed elsewhere")
  })

  test("a node with the same SECRET opens what another sealed", async () => {
    const { id } = await create()
    const other = await testDeps(db())
    expect(other.live.current().channels.find((one) => one.id === id)?.keys).toMatchObject([
      { secret },
    ])
    await other.close()
  })
})
