import { afterAll, beforeAll, expect, test } from "bun:test"
import {
  faults,
  type SimulatedUpstream,
  scriptedAnthropic,
  scriptedOpenAi,
  simulate,
} from "@nio/adapters/testing"
import { createMemoryKv } from "@nio/server/infra/kv-memory"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const call = { id: "toolu_1", name: "weather", arguments: '{"city":"Rome"}' }
const thinking = scriptedAnthropic({
  chunks: ["Let me look."],
  reasoning: ["hm"],
  toolCalls: [call],
})
const tools = [{ name: "weather", input_schema: { type: "object" } }]
const question = { role: "user", content: "The weather in Rome?" }

eachDatabase("who answered before", (open, engine) => {
  if (engine === "mysql") return
  let server: TestServer
  let upstreams: SimulatedUpstream[]
  let ids: string[]
  let key: string
  let roll = 0
  const kv = createMemoryKv()

  beforeAll(async () => {
    server = await startServer((await open()).db, { random: () => roll, kv })
    upstreams = [await simulate(thinking), await simulate(thinking)]
    ids = []
    for (const { url: baseUrl } of upstreams)
      ids.push(await server.addChannel({ baseUrl, provider: "anthropic", models: ["m"] }))
    await server.setPrice({ models: ["m"] })
    key = (await server.addUser(1_000)).key
  })
  afterAll(async () => {
    await server.close()
    for (const upstream of upstreams) await upstream.close()
  })

  const ask = async (body: object) => {
    const answer = await fetch(`${server.url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": key, "content-type": "application/json" },
      body: JSON.stringify({ model: "m", max_tokens: 99, ...body }),
    })
    expect(answer.status).toBe(200)
    return (await answer.json()) as { content: object[] }
  }
  /** How often each upstream was asked since this was last looked at. */
  let counted = [0, 0]
  const asked = () => {
    const now = upstreams.map(({ requests }) => requests.length)
    const since = now.map((count, at) => count - counted[at]!)
    counted = now
    return since
  }
  const nextTurn = (answer: { content: object[] }, ...before: object[]) => ({
    tools,
    messages: [
      ...before,
      { role: "assistant", content: answer.content },
      {
        role: "user",
        content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "sunny" }],
      },
    ],
  })

  test("reads its own thoughts again, whatever the draw says", async () => {
    roll = 0.9
    const first = await ask({ tools, messages: [question] })
    expect(asked()).toEqual([0, 1])
    roll = 0
    const second = nextTurn(first, question)
    const answer = await ask(second)
    expect(asked()).toEqual([0, 1])
    expect(upstreams[1]!.requests.at(-1)!.text).toContain("c2lnbmVk")
    await ask(nextTurn(answer, ...second.messages))
    expect(asked()).toEqual([0, 1])
  })

  test("is not waited for when it is away, and nobody else is shown its thoughts", async () => {
    roll = 0.9
    const before = { role: "user", content: "And in Milan?" }
    const first = await ask({
      tools,
      messages: [before],
      thinking: { type: "enabled", budget_tokens: 1_024 },
    })
    asked()
    upstreams[1]!.answerWith(faults.overloaded)
    roll = 0
    await ask({ ...nextTurn(first, before), thinking: { type: "enabled", budget_tokens: 1_024 } })
    expect(asked()).toEqual([1, 1])
    const { text, body } = upstreams[0]!.requests.at(-1)!
    expect(text).not.toContain("c2lnbmVk")
    expect(body.thinking).toBeUndefined()
    expect(body.messages[1].content).toContainEqual(expect.objectContaining({ type: "tool_use" }))
    upstreams[1]!.answerWith(thinking)
    server.deps.health.restore({ channelId: ids[1]! })
  })

  test("has read the beginning that is marked to be kept", async () => {
    const system = [{ type: "text", text: "Long.", cache_control: { type: "ephemeral" } }]
    roll = 0.9
    await ask({ system, messages: [question] })
    expect(asked()).toEqual([0, 1])
    roll = 0
    const said = { role: "assistant", content: "Sunny." }
    await ask({ system, messages: [question, said, { role: "user", content: "Thanks" }] })
    expect(asked()).toEqual([0, 1])
    await ask({ system: "Another.", messages: [question] })
    expect(asked()).toEqual([1, 0])
  })

  test("is another matter for another caller, and forgotten with the memory", async () => {
    const system = [{ type: "text", text: "Shared.", cache_control: { type: "ephemeral" } }]
    roll = 0.9
    await ask({ system, messages: [question] })
    asked()
    roll = 0
    const mine = key
    key = (await server.addUser(100)).key
    await ask({ system, messages: [question] })
    expect(asked()).toEqual([1, 0])
    key = mine
    const { get } = kv
    kv.get = async () => undefined
    await ask({ system, messages: [question] })
    expect(asked()).toEqual([1, 0])
    kv.get = get
  })

  test("goes by the name a caller gives its cache", async () => {
    const pair = [
      await simulate(scriptedOpenAi({ chunks: ["a"] })),
      await simulate(scriptedOpenAi({ chunks: ["b"] })),
    ]
    for (const { url: baseUrl } of pair) await server.addChannel({ baseUrl, models: ["o"] })
    await server.setPrice({ models: ["o"] })
    const chat = async (prompt_cache_key: string) => {
      const answer = await fetch(`${server.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "o", prompt_cache_key, messages: [question] }),
      })
      return ((await answer.json()) as any).choices[0].message.content
    }
    roll = 0.9
    expect(await chat("one")).toBe("b")
    roll = 0
    expect(await chat("one")).toBe("b")
    expect(await chat("two")).toBe("a")
    for (const upstream of pair) await upstream.close()
  })
})
