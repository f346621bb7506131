import { afterAll, beforeAll, expect, test } from "bun:test"
import { raiseAlarms } from "@nio/server/core/user/raise-alarms"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { endOf, openedHold, topUp } from "../support/ledger.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** A busy machine takes its time over the schema. */
const startMsMax = 30_000

eachDatabase("budget alarms", (open) => {
  let server: TestServer
  let person: Browser
  let userId: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    const { actor } = await server.addUser(10)
    userId = actor.userId
    person = await signIn(server.url, actor.name)
    await server.addUser(0)
  }, startMsMax)
  afterAll(() => server?.close())

  const spend = async (micropoints: number) => {
    const id = await openedHold(server.deps.ledger, userId, micropoints)
    await server.deps.ledger.settle(id, endOf(micropoints))
  }
  const low = async () => (await person.query("account.alarm")).low

  test("who sets no alarm is told nothing", async () => {
    expect(await person.query("account.alarm")).toEqual({ below: null, low: false })
    expect(await raiseAlarms(server.deps)).toEqual([])
  })

  test("somebody is told once when they have less than they set, and again after they had enough", async () => {
    const set = await person.mutate("account.setAlarm", { below: 5 })
    expect(set).toEqual({ below: 5_000_000, low: false })
    expect(await raiseAlarms(server.deps)).toEqual([])

    await spend(5_000_001)
    expect(await low()).toBe(true)
    const rounds = await Promise.all([raiseAlarms(server.deps), raiseAlarms(server.deps)])
    expect(rounds.flat()).toEqual([userId])
    await spend(1)
    expect(await raiseAlarms(server.deps)).toEqual([])

    await topUp(server.deps.db, userId, 1_000_000)
    expect(await low()).toBe(false)
    expect(await raiseAlarms(server.deps)).toEqual([])
    await spend(2_000_000)
    expect(await raiseAlarms(server.deps)).toEqual([userId])
  })

  test("a threshold set anew is told of anew, and none at all no more", async () => {
    await person.mutate("account.setAlarm", { below: 100 })
    expect(await raiseAlarms(server.deps)).toEqual([userId])
    await person.mutate("account.setAlarm", { below: null })
    expect(await person.query("account.alarm")).toEqual({ below: null, low: false })
    expect(await raiseAlarms(server.deps)).toEqual([])
  })

  test.each([0, -1, 1e10, "5"])("a threshold of %p is refused", async (below) => {
    const failed = await person.failure(person.mutate("account.setAlarm", { below }))
    expect(failed).toMatchObject({ status: 400, code: "input.invalid" })
  })
})
