import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { scriptedOpenAi } from "@nio/adapters/testing"
import { type KeyGroup, noLimits } from "@nio/server/contract"
import type { Group } from "@nio/server/core/actor"
import { generate } from "@nio/server/core/generation/generate"
import { eachDatabase } from "../support/databases.ts"
import { blue, type Remembering, startRemembering } from "../support/remembering.ts"

eachDatabase("what is not told again", (open) => {
  let site: Remembering

  beforeAll(async () => {
    site = await startRemembering((await open()).db)
  })
  afterEach(() => site.settled())
  afterAll(() => site.close())

  test("one group is not told what another was (A14, F9)", async () => {
    const { actor } = await site.server.addUser(10)
    const name = await site.model()
    const question = { type: "text" as const, text: "Why blue?" }
    const askAs = async (group: Group, groups: KeyGroup[] = []) => {
      const { cache, next, bill } = await generate(site.server.deps, {
        id: site.server.deps.newId(),
        actor: {
          ...actor,
          group,
          keyTerms: { limits: { ...noLimits, groups }, spendCap: null },
        },
        request: { model: name, stream: true, messages: [{ role: "user", content: [question] }] },
        source: "chat",
        signal: new AbortController().signal,
      })
      while (await next());
      await bill
      return cache
    }
    expect([await askAs("normal"), await askAs("pro")]).toEqual(["miss", "miss"])
    expect([await askAs("normal"), await askAs("pro")]).toEqual(["hit", "hit"])
    // A key that is kept to other groups than its owner's sees what those see.
    expect([await askAs("pro", ["basic"]), await askAs("pro", ["normal"])]).toEqual(["miss", "hit"])
  })

  test("a body that says something twice cannot put its answer in the place of another's (F9)", async () => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    const honest = JSON.stringify([{ role: "user", content: "honest" }])
    const forged = `{"model":"${name}","messages":[{"role":"user","content":"evil"}],"messages":${honest}}`
    await fetch(`${site.server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: forged,
    }).then((answer) => answer.text())
    expect(site.upstream.requests.at(-1)?.text).not.toContain("evil")
  })

  test.each([
    ["calls a tool", { ...blue, toolCalls: [{ id: "c", name: "f", arguments: "{}" }] }],
    ["says nothing", { chunks: [] }],
  ])("an answer that %s is not kept", async (_, said) => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    site.upstream.answerWith(scriptedOpenAi(said))
    await site.ask(key, { model: name })
    expect((await site.ask(key, { model: name })).cache).toBe("miss")
    expect((await site.ask(key, { model: name, stream: true })).cache).toBe("miss")
  })

  test.each(["length", "content_filter"])("nor is one that ended by %s", async (finish_reason) => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    const message = { role: "assistant", content: "The sky" }
    site.upstream.answerWith({
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: "x", choices: [{ index: 0, message, finish_reason }] }),
    })
    expect((await site.ask(key, { model: name })).cache).toBe("miss")
    expect((await site.ask(key, { model: name })).cache).toBe("miss")
  })

  test("nor one that broke off, or that its caller left", async () => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    const chunk = { choices: [{ index: 0, delta: { content: "The sky" }, finish_reason: null }] }
    const frame = `data: ${JSON.stringify(chunk)}\n\n`
    site.upstream.answerWith({
      headers: { "content-type": "text/event-stream" },
      body: [frame],
      end: "reset",
    })
    await site.ask(key, { model: name, stream: true })

    const slow = scriptedOpenAi({ chunks: Array.from({ length: 50 }, () => "x"), delayMs: 10 })
    site.upstream.answerWith(slow)
    const caller = new AbortController()
    const left = await fetch(`${site.server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model: name,
        stream: true,
        messages: [{ role: "user", content: "Why blue?" }],
      }),
      signal: caller.signal,
    })
    await left.body?.getReader().read()
    caller.abort()
    await Bun.sleep(50)
    site.upstream.answerWith(scriptedOpenAi(blue))
    expect((await site.ask(key, { model: name })).cache).toBe("miss")
  })

  test("several answers are kept of one question, and chance says which is told", async () => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    await site.set("cache.answersPerRequest", 2)
    const say = async (place: number, text: string) => {
      site.chance.value = place
      site.upstream.answerWith(scriptedOpenAi({ chunks: [text] }))
      return site.askUntilKept(key, { model: name })
    }
    expect([(await say(0, "first")).cache, (await say(0.9, "second")).cache]).toEqual([
      "miss",
      "miss",
    ])
    const told = async (place: number) => {
      site.chance.value = place
      return JSON.parse((await site.ask(key, { model: name })).text).choices[0].message.content
    }
    expect([await told(0), await told(0.9), await told(0.4)]).toEqual(["first", "second", "first"])
    site.chance.value = 0
    await site.set("cache.answersPerRequest", 1)
  })

  test("an answer is gone after its time", async () => {
    const { key } = await site.server.addUser(10)
    await site.set("cache.seconds", 1)
    const name = await site.model()
    await site.askUntilKept(key, { model: name })
    await site.set("cache.seconds", 3_600)
    expect((await site.ask(key, { model: name })).cache).toBe("hit")
    await Bun.sleep(1_050)
    expect((await site.ask(key, { model: name })).cache).toBe("miss")
  })
})
