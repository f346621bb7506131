import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { beginSession } from "@nio/server/core/identity/begin-session"
import { eq } from "drizzle-orm"
import { type Browser, browserWith, question, signIn, socketWith } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { everything } from "../support/former-import.ts"
import {
  administrators,
  all,
  among,
  forAdministrators,
  mutations,
  open,
  own,
  owned,
} from "../support/procedure-kinds.ts"
import { type Procedure, withAt } from "../support/procedures.ts"
import { startServer, type TestServer } from "../support/relay.ts"

test("every procedure is known to be for strangers, members or administrators", () => {
  const known = (one: Procedure) =>
    [open, own, administrators].filter((names) => among(names)(one)).length
  expect(all.filter((one) => known(one) !== 1).map(({ path }) => path)).toEqual([])
})

test("every procedure takes the input that was made for it", () => {
  const wrong = all.filter(({ fits }) => !fits)
  expect(wrong.map(({ path, sample }) => `${path} ${JSON.stringify(sample)}`)).toEqual([])
})

const marker = "only for the eyes of the victim"
/** For sweeps over everything, on a busy machine. */
const patienceMs = 60_000

eachDatabase("attacks on procedures", (openDatabase) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let victim: Browser
  let victimId: string
  let attackerId: string

  beforeAll(async () => {
    upstream = await simulate(scriptedOpenAi({ chunks: [marker] }))
    server = await startServer((await openDatabase()).db)
    await server.addChannel({ baseUrl: upstream.url })
    await server.setPrice({ models: ["m"] })
    const [one, other] = [await server.addUser(100), await server.addUser(100)]
    victim = await signIn(server.url, one.actor.name)
    victimId = one.actor.userId
    attackerId = other.actor.userId
    const socket = await victim.socket()
    socket.send(question({ text: marker }))
    await socket.next("done", 10_000)
    socket.close()
    await server.deps.underway.drained(5_000)
  }, patienceMs)
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  /** A session of theirs without signing in, which the sweeps have long made to wait. */
  async function attacker() {
    const { db } = server.deps
    const [user] = await db.orm.select().from(db.t.users).where(eq(db.t.users.id, attackerId))
    const { token } = await beginSession(server.deps, db, user!, { address: "", userAgent: "" })
    return browserWith(server.url, `nio_session=${token}`)
  }

  async function call(browser: Browser, { path, type }: Procedure, input: unknown, own = {}) {
    const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const response =
      type === "mutation"
        ? await browser.post(path, input, own)
        : await fetch(`${server.url}/trpc/${path}${search}`, {
            headers: { cookie: browser.cookie },
          })
    const text = await response.text()
    return { status: response.status, text, code: JSON.parse(text).error?.data?.app?.code }
  }

  /** Every row that is the victim's, by their own id or by that of something of theirs, and those ids. */
  async function victims() {
    const found = Object.entries(await everything(server.deps.db))
    const lines = found.flatMap(([table, all]) => all.map((line) => ({ table, line })))
    const ids = new Set([victimId])
    const theirs = () => lines.filter(({ line }) => [...ids].some((id) => line.includes(id)))
    for (let level = 0; level < 2; level++)
      for (const { line } of theirs()) ids.add(String(JSON.parse(line).id ?? victimId))
    // When a session was last seen moves by itself; that it is there does not.
    const rows = theirs().map(({ table, line }) =>
      table === "sessions" ? `session ${JSON.parse(line).id}` : `${table} ${line}`,
    )
    return { ids: [...ids], rows }
  }

  test(
    "B12: whoever is nobody, or no administrator, reaches nothing of an administrator's",
    async () => {
      const [stranger, member] = [browserWith(server.url, ""), await attacker()]
      const before = await everything(server.deps.db)
      const wrong: string[] = []
      for (const procedure of forAdministrators) {
        const nobody = await call(stranger, procedure, procedure.sample)
        const somebody = await call(member, procedure, procedure.sample)
        if (nobody.code !== "auth.required") wrong.push(`${procedure.path}: nobody, ${nobody.text}`)
        if (somebody.code !== "auth.forbidden")
          wrong.push(`${procedure.path}: member, ${somebody.text}`)
      }
      expect(wrong).toEqual([])
      expect(forAdministrators.length).toBeGreaterThan(40)
      expect(await everything(server.deps.db)).toEqual(before)
    },
    patienceMs,
  )

  test("B12: what is a member's own is closed to strangers", async () => {
    const stranger = browserWith(server.url, "")
    const wrong: string[] = []
    for (const procedure of owned) {
      const { code } = await call(stranger, procedure, procedure.sample)
      if (code !== "auth.required") wrong.push(`${procedure.path}: ${code}`)
    }
    expect(wrong).toEqual([])
    expect(owned.length).toBeGreaterThan(25)
  })

  test("B12: a socket is for nobody without a ticket or a token, and a cookie is neither", async () => {
    const { ids } = await victims()
    for (const search of ["", "?ticket=", "?ticket=x", `?ticket=${"x".repeat(2_000)}`]) {
      const heard: string[] = []
      const address = `${server.url.replace("http", "ws")}/chat${search}`
      const socket = socketWith(address, { cookie: victim.cookie })
      socket.onmessage = ({ data }) => void heard.push(String(data))
      socket.onopen = () => {
        for (const conversationId of ids)
          socket.send(JSON.stringify({ type: "follow", conversationId, runId: null, after: 0 }))
        socket.send(JSON.stringify(question()))
      }
      await Bun.sleep(300)
      socket.close()
      expect(heard.join("\n")).not.toContain(marker)
      expect(heard.join("\n")).not.toMatch(/"type":"(?:snapshot|delta|started|accepted)"/)
    }
    expect(await server.deps.underway.size()).toBe(0)
  })

  test(
    "B4: every id of somebody else, at every place that takes one, shows and changes nothing",
    async () => {
      const { ids, rows } = await victims()
      expect(ids.length).toBeGreaterThan(4)
      const wrong: string[] = []
      let calls = 0
      let member = await attacker()
      const places = owned.flatMap((procedure) =>
        procedure.ids.map((place) => ({ procedure, place })),
      )
      for (const { procedure, place } of places)
        for (const id of ids) {
          const answer = await call(member, procedure, withAt(procedure.sample, place, id))
          calls++
          if (answer.text.includes(marker)) wrong.push(`${procedure.path} shows it: ${answer.text}`)
          if (answer.code === "internal") wrong.push(`${procedure.path} breaks`)
          if (answer.code === "auth.required") member = await attacker()
        }
      expect(wrong).toEqual([])
      expect(calls).toBeGreaterThan(50)
      expect((await victims()).rows).toEqual(rows)
    },
    patienceMs,
  )

  test(
    "B4: an id of somebody else is answered like one that never was",
    async () => {
      const { ids } = await victims()
      const member = await attacker()
      const wrong: string[] = []
      for (const procedure of owned)
        for (const place of procedure.ids)
          for (const id of ids) {
            const never = /^[0-9a-f]{64}$/.test(id) ? "f".repeat(64) : server.deps.newId()
            const real = await call(member, procedure, withAt(procedure.sample, place, id))
            const made = await call(member, procedure, withAt(procedure.sample, place, never))
            if (real.status !== made.status || real.code !== made.code)
              wrong.push(`${procedure.path} ${place.join(".")}: ${real.code} and ${made.code}`)
          }
      expect(wrong).toEqual([])
    },
    patienceMs,
  )

  test(
    "B4: nor does the socket take what is somebody else's",
    async () => {
      const { ids, rows } = await victims()
      const socket = await (await attacker()).socket()
      for (const id of ids) {
        const about = { requestId: `r-${id}`, model: "m" }
        socket.send({ type: "follow", conversationId: id, runId: null, after: 0 })
        socket.send({ type: "stop", runId: id })
        socket.send({ type: "continue", messageId: id, ...about })
        socket.send({
          type: "regenerate",
          messageId: id,
          web: false,
          ...about,
          requestId: `g-${id}`,
        })
        socket.send(question({ conversationId: id, parentId: null }))
      }
      await Bun.sleep(800)
      expect(JSON.stringify(socket.frames)).not.toContain(marker)
      expect(socket.frames.map(({ type }) => type)).not.toContain("delta")
      socket.close()
      expect((await victims()).rows).toEqual(rows)
    },
    patienceMs,
  )

  test(
    "B5: nobody gives themselves a role, points, a state or another's id by adding fields",
    async () => {
      const { rows } = await victims()
      const accountOf = async () => {
        const found = await everything(server.deps.db)
        const lines = (table: string) =>
          (found[table] ?? []).filter((line) => line.includes(attackerId))
        const [user = "{}"] = lines("users").filter((line) => JSON.parse(line).id === attackerId)
        const { role, state, passwordExpired, emailVerified, number } = JSON.parse(user)
        return { role, state, passwordExpired, emailVerified, number, accounts: lines("accounts") }
      }
      const before = await accountOf()
      const taken = {
        userId: victimId,
        ownerId: victimId,
        actorId: victimId,
        role: "admin",
        isAdmin: true,
        group: "pro",
        state: "active",
        level: 3,
        points: 1_000_000,
        balance: 1_000_000,
        quota: 1_000_000,
        emailVerified: true,
        passwordExpired: false,
        provenAt: Date.now(),
      }
      const broken: string[] = []
      for (const procedure of mutations.filter((one) => !among(administrators)(one))) {
        const member = await attacker()
        const sample = typeof procedure.sample === "object" ? procedure.sample : {}
        const { code } = await call(member, procedure, { ...sample, ...taken })
        if (code === "internal") broken.push(procedure.path)
      }
      expect(broken).toEqual([])
      expect(await accountOf()).toEqual(before)
      expect((await victims()).rows).toEqual(rows)
    },
    patienceMs,
  )
})
