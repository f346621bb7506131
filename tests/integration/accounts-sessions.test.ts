import { afterAll, beforeAll, expect, test } from "bun:test"
import { actorFromSession } from "@nio/server/core/identity/actor-of"
import { requireProof } from "@nio/server/core/identity/require-proof"
import { type Browser, signIn, testPassword } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const minuteMs = 60_000

eachDatabase("sessions", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let name: string

  beforeAll(async () => {
    server = await startServer((await open()).db, { now: clock.now })
    name = (await server.addUser(0)).actor.name
  })
  afterAll(() => server?.close())

  const actorOf = async ({ cookie }: Browser) => {
    const actor = await actorFromSession(server.deps, cookie.split("=")[1] ?? "")
    if (!actor) throw new Error("nobody is signed in")
    return actor
  }

  test("are listed to their owner with where and when they were used, and this one is marked", async () => {
    const [one, other] = [await signIn(server.url, name), await signIn(server.url, name)]
    clock.pass(11 * minuteMs)
    await other.query("account.balance")
    const list = await other.query("session.list")
    expect(list.length).toBeGreaterThanOrEqual(2)
    expect(list[0]).toMatchObject({ current: true, address: "127.0.0.1", kind: "cookie" })
    expect(list[0].lastSeenAt - list[0].createdAt).toBe(11 * minuteMs)
    expect(list.slice(1).every(({ current }: { current: boolean }) => !current)).toBe(true)
    expect((await one.query("session.list"))[0].id).toBeDefined()
  })

  test("one is revoked, by its owner alone; then all others at once", async () => {
    const { actor } = await server.addUser(0)
    const [one, two, three] = [
      await signIn(server.url, actor.name),
      await signIn(server.url, actor.name),
      await signIn(server.url, actor.name),
    ]
    const { sessionId: id } = await actorOf(one)
    const stranger = await signIn(server.url, name)
    await stranger.mutate("session.revoke", { id })
    expect((await one.query("session.current")).user).not.toBeNull()

    await two.mutate("session.revoke", { id })
    expect((await one.query("session.current")).user).toBeNull()
    await two.mutate("session.revokeOthers")
    expect((await three.query("session.current")).user).toBeNull()
    expect((await two.query("session.current")).user).not.toBeNull()
  })

  test("B6: a proof is fresh for ten minutes, and renewed by the password alone", async () => {
    const browser = await signIn(server.url, name)
    const actor = await actorOf(browser)
    await requireProof(server.deps, actor)
    clock.pass(10 * minuteMs)
    const stale = requireProof(server.deps, actor)
    await expect(stale).rejects.toMatchObject({ code: "auth.proof-required" })

    const call = browser.mutate("session.prove", { password: "not the password" })
    expect(await browser.failure(call)).toMatchObject({ code: "auth.wrong-credentials" })
    const bare = browser.mutate("session.prove", { method: "passkey" })
    expect(await browser.failure(bare)).toMatchObject({ code: "input.invalid" })
    const again = requireProof(server.deps, actor)
    await expect(again).rejects.toMatchObject({ code: "auth.proof-required" })

    await browser.mutate("session.prove", { password: testPassword })
    await requireProof(server.deps, actor)
  })

  test("B6: an API key proves nothing", async () => {
    const { actor } = await server.addUser(0)
    await expect(requireProof(server.deps, actor)).rejects.toMatchObject({
      code: "auth.proof-required",
    })
  })
})
