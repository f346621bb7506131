import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import Anthropic from "@anthropic-ai/sdk"
import {
  type SimulatedUpstream,
  scriptedAnthropic,
  scriptedOpenAi,
  simulate,
} from "@nio/adapters/testing"
import { eachDatabase } from "../support/databases.ts"
import { call, dialects, words } from "../support/dialects.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")
const ask: Anthropic.MessageCreateParamsNonStreaming = {
  model: "m",
  max_tokens: 100,
  messages: [{ role: "user", content: "hi" }],
}
const tools: Anthropic.Tool[] = [
  {
    name: "weather",
    input_schema: { type: "object", properties: { city: { type: "string" } } },
  },
]

eachDatabase("Anthropic's own client", (open) => {
  let server: TestServer
  const client = (apiKey: string) => new Anthropic({ apiKey, baseURL: server.url, maxRetries: 0 })

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m", "poor", "busy"] })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(dialects)) {
    describe(`over an upstream that speaks ${dialect}`, () => {
      let upstream: SimulatedUpstream
      let channelId: string
      let anthropic: Anthropic

      beforeAll(async () => {
        upstream = await simulate(scripted({ chunks: words }))
        channelId = await server.addChannel({ baseUrl: upstream.url, provider, models: ["m"] })
        anthropic = client((await server.addUser(1_000)).key)
      })
      beforeEach(() => upstream.answerWith(scripted({ chunks: words })))
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("text at once, with usage", async () => {
        const message = await anthropic.messages.create(ask)
        expect(message._request_id).toMatch(/^[\da-f-]{36}$/)
        expect(message).toMatchObject({
          type: "message",
          role: "assistant",
          stop_reason: "end_turn",
          usage: { input_tokens: 7, output_tokens: 4 },
        })
        expect(message.content).toMatchObject([{ type: "text", text }])
      })

      test("a stream, event by event, with the true usage at its end", async () => {
        const stream = anthropic.messages.stream(ask)
        const types: string[] = []
        stream.on("streamEvent", ({ type }) => types.push(type))
        const message = await stream.finalMessage()
        expect(message.content).toMatchObject([{ type: "text", text }])
        expect(message.usage).toMatchObject({ input_tokens: 7, output_tokens: 4 })
        expect(types[0]).toBe("message_start")
        expect(types.filter((type) => type === "content_block_delta")).toHaveLength(4)
        expect(types.slice(-2)).toEqual(["message_delta", "message_stop"])
      })

      test.each(["at once", "in pieces"])("tools go there and back, %s", async (how) => {
        const create = (body: Anthropic.MessageCreateParamsNonStreaming) =>
          how === "at once"
            ? anthropic.messages.create(body)
            : anthropic.messages.stream(body).finalMessage()
        upstream.answerWith(scripted({ chunks: ["Let me see."], toolCalls: [call] }))
        const first = await create({ ...ask, tools, tool_choice: { type: "any" } })
        expect(first.stop_reason).toBe("tool_use")
        const use = first.content.find((block) => block.type === "tool_use")
        expect(use).toMatchObject({ name: "weather", input: { city: "Rome" } })

        upstream.answerWith(scripted({ chunks: words }))
        const result = {
          type: "tool_result" as const,
          tool_use_id: use!.id,
          content: "no such city",
          is_error: true,
        }
        const second = await create({
          ...ask,
          tools,
          messages: [
            ...ask.messages,
            { role: "assistant", content: first.content },
            { role: "user", content: [{ type: "text", text: "well?" }, result] },
          ],
        })
        expect(second.content).toMatchObject([{ type: "text", text }])
        const seen = upstream.requests.at(-1)!.text
        expect(seen).toContain("no such city")
        expect(seen).toContain("Rome")
        expect(seen).toContain("well?")
      })

      test("thoughts come as thoughts and may go back", async () => {
        upstream.answerWith(scripted({ chunks: words, reasoning: ["hm, ", "so"] }))
        const message = await anthropic.messages.stream(ask).finalMessage()
        expect(message.content.map(({ type }) => type)).toEqual(["thinking", "text"])
        expect(message.content[0]).toMatchObject({ thinking: "hm, so" })
        const again = await anthropic.messages.create({
          ...ask,
          messages: [
            ...ask.messages,
            { role: "assistant", content: message.content },
            { role: "user", content: "go on" },
          ],
        })
        expect(again.stop_reason).toBe("end_turn")
      })

      test("pictures and documents reach the upstream", async () => {
        const data = "iVBORw0KGgo="
        const pdf = "JVBERi0xLjQK"
        await anthropic.messages.create({
          ...ask,
          messages: [
            {
              role: "user",
              content: [
                { type: "image", source: { type: "base64", media_type: "image/png", data } },
                {
                  type: "document",
                  source: { type: "base64", media_type: "application/pdf", data: pdf },
                },
                { type: "text", text: "what is it" },
              ],
            },
          ],
        })
        const seen = upstream.requests.at(-1)!.text
        expect(seen).toContain(data)
        expect(seen).toContain(pdf)
      })

      test("an answer in a given shape", async () => {
        upstream.answerWith(scripted({ chunks: ['{"city":', '"Rome"}'] }))
        const schema = {
          type: "object",
          properties: { city: { type: "string" } },
          required: ["city"],
          additionalProperties: false,
        }
        const message = await anthropic.messages.create({
          ...ask,
          output_config: { format: { type: "json_schema", schema } },
        })
        const [block] = message.content
        expect(JSON.parse((block as Anthropic.TextBlock).text)).toEqual({ city: "Rome" })
        expect(upstream.requests.at(-1)!.text).toContain('"city"')
      })

      test("tokens are counted, for nothing", async () => {
        const before = upstream.requests.length
        upstream.answerWith({ body: '{"input_tokens":14}' })
        const { max_tokens: _, ...counted } = ask
        const { input_tokens } = await anthropic.messages.countTokens(counted)
        expect(input_tokens).toBe(dialect === "anthropic" ? 14 : 5)
        const paths = upstream.requests.slice(before).map(({ path }) => path)
        expect(paths).toEqual(dialect === "anthropic" ? ["/v1/messages/count_tokens"] : [])
      })

      test("an aborted stream lets the upstream go within a second", async () => {
        upstream.answerWith(scripted({ chunks: Array(200).fill("word "), delayMs: 20 }))
        const stream = await anthropic.messages.create({ ...ask, stream: true })
        for await (const _ of stream) break
        stream.controller.abort()
        await eventually(() => upstream.requests.at(-1)?.cancelled === true)
      })
    })
  }

  describe("errors have the types the client knows", () => {
    const failure = (key: string, model: string) =>
      client(key)
        .messages.create({ ...ask, model })
        .catch((error) => error)

    test("a wrong key", async () => {
      const error = await failure("sk-0000000000000000000000000000", "m")
      expect(error).toBeInstanceOf(Anthropic.AuthenticationError)
      expect(error.error.error.type).toBe("authentication_error")
    })

    test("an unknown model", async () => {
      const error = await failure((await server.addUser(1)).key, "nope")
      expect(error).toBeInstanceOf(Anthropic.NotFoundError)
      expect(error.error).toMatchObject({ type: "error", error: { type: "not_found_error" } })
    })

    test("no points left", async () => {
      const upstream = await simulate(scriptedOpenAi({ chunks: words }))
      await server.addChannel({ baseUrl: upstream.url, models: ["poor"] })
      const error = await failure((await server.addUser(0)).key, "poor")
      expect(error).toMatchObject({ status: 402, error: { error: { type: "billing_error" } } })
      expect(upstream.requests).toHaveLength(0)
      await upstream.close()
    })

    test("nobody to answer: 529", async () => {
      const upstream = await simulate({ status: 503, body: "{}" })
      await server.addChannel({ baseUrl: upstream.url, models: ["busy"] })
      const error = await failure((await server.addUser(10)).key, "busy")
      expect(error).toMatchObject({ status: 529, error: { error: { type: "overloaded_error" } } })
      await upstream.close()
    })
  })

  test("what only Anthropic knows reaches it as it was said", async () => {
    const upstream = await simulate(scriptedAnthropic({ chunks: words }))
    const id = await server.addChannel({
      baseUrl: upstream.url,
      provider: "anthropic",
      models: ["m"],
    })
    const anthropic = client((await server.addUser(10)).key)
    await anthropic.beta.messages.create({
      ...ask,
      betas: ["context-1m-2025-08-07"],
      system: [{ type: "text", text: "Be brief", cache_control: { type: "ephemeral" } }],
      tools: [{ type: "web_search_20250305", name: "web_search" }],
    })
    const seen = upstream.requests.at(-1)!
    expect(seen.headers.get("anthropic-beta")).toContain("context-1m-2025-08-07")
    expect(seen.headers.get("x-api-key")).toBe("sk-upstream-secret")
    expect(seen.body.system[0].cache_control).toEqual({ type: "ephemeral" })
    expect(seen.body.tools[0].type).toBe("web_search_20250305")
    await server.removeChannel(id)
    await upstream.close()
  })
})
