import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { midjourneyMock, type SimulatedUpstream, startMock } from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { setSetting } from "@nio/server/core/live/set-setting"
import { createMemoryBus } from "@nio/server/infra/bus-memory"
import { createMemoryKv } from "@nio/server/infra/kv-memory"
import { eachDatabase } from "../support/databases.ts"
import { recordingLog } from "../support/log.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const price = 100_000
const secret = "mj-mock-secret"
/** Tasks that are done as soon as somebody looks. */
const atOnce = { stages: [{ status: "SUCCESS", progress: "100%" }] }

eachDatabase("pictures by midjourney-proxy", (open) => {
  let server: TestServer
  /** Another node on the same database, memory and bus. */
  let other: TestServer
  let chance = 0
  const mocks: SimulatedUpstream[] = []
  let models = 0

  beforeAll(async () => {
    const { db, again } = await open()
    const shared = { kv: createMemoryKv(), bus: createMemoryBus(recordingLog()) }
    server = await startServer(db, { ...shared, random: () => chance })
    other = await startServer(await again(), shared)
    const value = other.url
    await setSetting(server.deps, server.admin, { key: "site.address", value })
  })
  afterEach(() => server.deps.underway.drained(5_000))
  afterAll(async () => {
    for (const mock of mocks) await mock.close()
    await server.close()
    await other.close()
  })

  /** A model of its own, with a channel for each of these. */
  async function model(
    ...behaviours: (Parameters<typeof midjourneyMock>[0] & { key?: string; priority?: number })[]
  ) {
    const name = `draw-${++models}`
    const ups = await Promise.all(
      behaviours.map((one, at) =>
        startMock(midjourneyMock({ ...one, firstId: models * 1_000 + at * 100 })),
      ),
    )
    mocks.push(...ups)
    for (const [at, { url: baseUrl }] of ups.entries()) {
      const { key = secret, priority = 0 } = behaviours[at] ?? {}
      const channel = { provider: "midjourney", models: [name], secrets: [key], priority, baseUrl }
      await server.addChannel(channel)
    }
    await server.setPrice({ models: [name], type: "per-request", input: 0, output: price })
    return { name, ups }
  }

  const ask = (key: string, name: string, content: string, more: object = {}) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model: name, messages: [{ role: "user", content }], ...more }),
    })
  const draw = async (key: string, name: string, content: string) => {
    const answer = await ask(key, name, content)
    const body = await answer.json()
    return {
      status: answer.status,
      text: body.choices?.[0].message.content ?? "",
      error: body.error,
    }
  }
  const spentBy = async (userId: string, points = 10) => {
    await server.deps.underway.drained(5_000)
    const { available, held } = await billing.balanceOf(server.deps.db, userId)
    return toMicropoints(points) - available - held
  }
  const taskIn = (text: string) => /REROLL-(\d+)/.exec(text)?.[1] ?? ""

  test("M B18: come with their progress, and cost what one request costs", async () => {
    const { actor, key } = await server.addUser(10)
    const { name } = await model({})
    const streamed = await (await ask(key, name, "a fox", { stream: true })).text()
    const frames = streamed.split("\n\n").flatMap((frame) => frame.slice("data: ".length) || [])
    const text = frames
      .filter((frame) => frame !== "[DONE]")
      .map((frame) => JSON.parse(frame).choices[0]?.delta.content ?? "")
      .join("")
    expect(text).toStartWith("```progress\n0\n42\n100\n```\n\n![image](https://cdn.mock.test/")
    expect(text).toContain(`::${name})`)
    expect(await spentBy(actor.userId)).toBe(price)
  })

  test("go on by buttons, each of which costs what one request costs", async () => {
    const { actor, key } = await server.addUser(10)
    const { name, ups } = await model(atOnce)
    const { text } = await draw(key, name, "a fox")
    for (const command of ["/UPSCALE # 2", "/VARIATION # 4", "/REROLL #"]) {
      const { status, text: next } = await draw(key, name, command.replace("#", taskIn(text)))
      expect(status).toBe(200)
      expect(next.includes("[U1]")).toBe(!command.startsWith("/UPSCALE"))
    }
    const asked = ups[0]?.requests.filter(({ path }) => path.endsWith("/change"))
    expect(asked?.map(({ body }) => [body.action, body.index])).toEqual([
      ["UPSCALE", 2],
      ["VARIATION", 4],
      ["REROLL", undefined],
    ])
    expect(await spentBy(actor.userId)).toBe(4 * price)
  })

  test("M B19: that fail cost nothing, and say why in the caller's dialect", async () => {
    const { actor, key } = await server.addUser(10)
    const { name } = await model({})
    const streamed = await (await ask(key, name, "a broken fox", { stream: true })).text()
    expect(streamed).toContain("task failed: [Request cancelled due to output filters]")
    expect(streamed).not.toContain("![image]")
    expect((await draw(key, name, "a broken fox")).status).toBeGreaterThanOrEqual(500)
    const banned = await draw(key, name, "a banned fox")
    expect(banned).toMatchObject({ status: 400, error: { message: "可能包含敏感词" } })
    expect((await draw(key, name, "/UPSCALE 17 9")).status).toBe(400)
    expect(await spentBy(actor.userId)).toBe(0)
  })

  test("of which the caller hangs up before it is there cost nothing", async () => {
    const { actor, key } = await server.addUser(10)
    const { name } = await model({ stages: [{ status: "IN_PROGRESS", progress: "7%" }] })
    const caller = new AbortController()
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model: name,
        stream: true,
        messages: [{ role: "user", content: "x" }],
      }),
      signal: caller.signal,
    })
    const reader = answer.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("7")
    caller.abort()
    expect(await spentBy(actor.userId)).toBe(0)
  })

  test("are drawn elsewhere when one queue is full", async () => {
    const { actor, key } = await server.addUser(10)
    const { name, ups } = await model({ queueMax: 0, priority: 1 }, atOnce)
    expect((await draw(key, name, "a fox")).text).toContain("![image]")
    expect(ups.map(({ requests }) => requests.some(({ method }) => method === "GET"))).toEqual([
      false,
      true,
    ])
    expect(await spentBy(actor.userId)).toBe(price)
  })

  test("are gone on with by who drew them, whatever chance says", async () => {
    const { key } = await server.addUser(10)
    const { name, ups } = await model(atOnce, atOnce)
    chance = 0
    const first = await draw(key, name, "a fox")
    chance = 0.99
    const second = await draw(key, name, "a hare")
    for (const [{ text }, owner] of [
      [first, ups[0]],
      [second, ups[1]],
    ] as const) {
      for (const roll of [0, 0.99]) {
        chance = roll
        const before = owner?.requests.length ?? 0
        expect((await draw(key, name, `/UPSCALE ${taskIn(text)} 1`)).status).toBe(200)
        expect(owner?.requests.length).toBeGreaterThan(before)
      }
    }
    chance = 0
  })

  test("of somebody else cannot be gone on with", async () => {
    const [owner, stranger] = [await server.addUser(10), await server.addUser(10)]
    const { name, ups } = await model(atOnce)
    const { text } = await draw(owner.key, name, "a fox")
    const asked = ups[0]?.requests.length
    expect((await draw(stranger.key, name, `/UPSCALE ${taskIn(text)} 1`)).status).toBe(400)
    expect(ups[0]?.requests).toHaveLength(asked ?? 0)
    expect(await spentBy(stranger.actor.userId)).toBe(0)
  })

  test("go where the channel says and nowhere else, whatever the body asks for", async () => {
    const { key } = await server.addUser(10)
    const { name, ups } = await model(atOnce)
    const away = "http://127.0.0.1:9/away"
    const answer = await ask(key, name, "a ${SECRET} fox", {
      base_url: away,
      api_base: away,
      notifyHook: away,
      headers: { "mj-api-secret": "x" },
      state: "s",
    })
    expect(answer.status).toBe(200)
    const { body, headers } = ups[0]!.requests[0]!
    expect(body.prompt).toBe("a ${SECRET} fox --relax")
    expect(Object.keys(body).sort()).toEqual(["notifyHook", "prompt"])
    expect(body.notifyHook).toStartWith(`${other.url}/mj/notify/`)
    expect(headers.get("mj-api-secret")).toBe(secret)
  })

  test("are refused without a word of the key or the address", async () => {
    const { key } = await server.addUser(10)
    const { name, ups } = await model({})
    const up = ups[0]!
    for (const echo of [secret, Buffer.from(secret).toString("base64"), up.url])
      for (const status of [200, 400, 500]) {
        up.answerWith({ status, body: JSON.stringify({ code: 4, description: `no: ${echo}` }) })
        const said = await (await ask(key, name, "a fox")).text()
        expect(said).not.toContain(echo)
      }
  })

  /** Tells of a task again and again until it is over, as a proxy with a hook does. */
  function teller(make: (hook: string) => [string, object]) {
    const answers: number[] = []
    const timers: Timer[] = []
    return {
      answers,
      taken(hook: string) {
        const [url, body] = make(hook)
        const timer = setInterval(async () => {
          const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) })
          answers.push(answer.status)
          if (answer.status === 404) clearInterval(timer)
        }, 40)
        timers.push(timer)
      },
      stop: () => timers.forEach(clearInterval),
    }
  }
  const forged = { status: "SUCCESS", imageUrl: "https://evil.test/forged.png", progress: "100%" }

  test("come sooner when the proxy tells, by whichever node hears it; what it says is not believed", async () => {
    const { actor, key } = await server.addUser(10)
    const proxy = teller((hook) => [hook, forged])
    const { name, ups } = await model({
      taken: proxy.taken,
      key: `${secret}|10.0.0.0/8, 127.0.0.1`,
    })
    const began = performance.now()
    const { text } = await draw(key, name, "a fox")
    expect(performance.now() - began).toBeLessThan(450)
    expect(text).toContain("![image](https://cdn.mock.test/")
    expect(text).not.toContain("forged")
    await Bun.sleep(100)
    proxy.stop()
    // Afterwards nobody waits there any more, and a replay changes nothing.
    expect(new Set(proxy.answers)).toEqual(new Set([200, 404]))
    const { notifyHook } = ups[0]!.requests[0]!.body
    for (let again = 0; again < 5; again++) {
      const late = await fetch(notifyHook, { method: "POST", body: JSON.stringify(forged) })
      expect(late.status).toBe(404)
    }
    expect(await spentBy(actor.userId)).toBe(price)
  })

  test("S11: are not hurried by who is not on the list, or has the wrong token; the next look finds them", async () => {
    const { key } = await server.addUser(10)
    const outsider = teller((hook) => [hook, forged])
    const { name } = await model({ taken: outsider.taken, key: `${secret}|10.0.0.0/8,oops` })
    expect((await draw(key, name, "a fox")).text).toContain("![image](https://cdn.mock.test/")
    outsider.stop()
    expect(outsider.answers).toContain(403)
    expect(outsider.answers).not.toContain(200)

    for (const token of ["x".repeat(43), "x", "..%2F..%2Fv1", "%00"])
      expect((await fetch(`${other.url}/mj/notify/${token}`, { method: "POST" })).status).toBe(404)
  })

  test("come all the same when no proxy can reach us", async () => {
    const { deps, admin } = server
    await setSetting(deps, admin, { key: "site.address", value: "" })
    const { key } = await server.addUser(10)
    const { name, ups } = await model(atOnce)
    expect((await draw(key, name, "a fox")).text).toContain("![image]")
    expect(ups[0]?.requests[0]?.body).toEqual({ prompt: "a fox --relax" })
    await setSetting(deps, admin, { key: "site.address", value: other.url })
  })
})
