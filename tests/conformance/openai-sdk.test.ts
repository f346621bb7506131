import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { createOpenAI } from "@ai-sdk/openai"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { generateObject, generateText, jsonSchema, streamText, tool } from "ai"
import OpenAI from "openai"
import { eachDatabase } from "../support/databases.ts"
import { call, dialects, words } from "../support/dialects.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")
const ask = [{ role: "user" as const, content: "hi" }]
const image = "data:image/png;base64,iVBORw0KGgo="
const tools = [
  {
    type: "function" as const,
    function: {
      name: "weather",
      parameters: { type: "object", properties: { city: { type: "string" } } },
    },
  },
]

eachDatabase("clients people already have", (open) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m", "poor"] })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(dialects)) {
    describe(`over an upstream that speaks ${dialect}`, () => {
      let upstream: SimulatedUpstream
      let channelId: string
      let openai: OpenAI
      let model: ReturnType<ReturnType<typeof createOpenAI>["chat"]>

      beforeAll(async () => {
        upstream = await simulate(scripted({ chunks: words }))
        channelId = await server.addChannel({ baseUrl: upstream.url, provider, models: ["m"] })
        const { key } = await server.addUser(1_000)
        const baseURL = `${server.url}/v1`
        openai = new OpenAI({ apiKey: key, baseURL, maxRetries: 0 })
        model = createOpenAI({ apiKey: key, baseURL }).chat("m")
      })
      beforeEach(() => upstream.answerWith(scripted({ chunks: words })))
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("openai: text at once, with usage", async () => {
        const answer = await openai.chat.completions.create({ model: "m", messages: ask })
        expect(answer.choices[0]?.message).toMatchObject({ role: "assistant", content: text })
        expect(answer.choices[0]?.finish_reason).toBe("stop")
        expect(answer.usage).toMatchObject({
          prompt_tokens: 7,
          completion_tokens: 4,
          total_tokens: 11,
        })
      })

      test("openai: a stream, with the usage chunk only when asked for", async () => {
        const plain = await Array.fromAsync(
          await openai.chat.completions.create({ model: "m", messages: ask, stream: true }),
        )
        expect(plain.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe(text)
        expect(plain.some((chunk) => chunk.usage)).toBe(false)
        const counted = await Array.fromAsync(
          await openai.chat.completions.create({
            model: "m",
            messages: ask,
            stream: true,
            stream_options: { include_usage: true },
          }),
        )
        expect(counted.at(-1)?.usage?.total_tokens).toBe(11)
      })

      test("openai: the stream helper collects tool calls", async () => {
        upstream.answerWith(scripted({ chunks: [], toolCalls: [call] }))
        const stream = openai.chat.completions.stream({ model: "m", messages: ask, tools })
        const message = await stream.finalMessage()
        expect(message.tool_calls?.[0]).toMatchObject({
          type: "function",
          function: { name: "weather" },
        })
        const args = message.tool_calls?.[0] as { function: { arguments: string } }
        expect(JSON.parse(args.function.arguments)).toEqual({ city: "Rome" })
      })

      test("openai: tools go there and back", async () => {
        upstream.answerWith(scripted({ chunks: [], toolCalls: [call] }))
        const first = await openai.chat.completions.create({ model: "m", messages: ask, tools })
        const message = first.choices[0]!.message
        expect(first.choices[0]?.finish_reason).toBe("tool_calls")
        upstream.answerWith(scripted({ chunks: words }))
        const second = await openai.chat.completions.create({
          model: "m",
          tools,
          messages: [
            ...ask,
            message,
            { role: "tool", tool_call_id: message.tool_calls![0]!.id, content: "sunny" },
          ],
        })
        expect(second.choices[0]?.message.content).toBe(text)
        expect(upstream.requests.at(-1)?.text).toContain("sunny")
      })

      test("openai: an image reaches the upstream", async () => {
        await openai.chat.completions.create({
          model: "m",
          messages: [
            {
              role: "user",
              content: [
                { type: "text", text: "what is it" },
                { type: "image_url", image_url: { url: image } },
              ],
            },
          ],
        })
        expect(upstream.requests.at(-1)?.text).toContain("iVBORw0KGgo=")
      })

      test("openai: an aborted stream lets the upstream go within a second", async () => {
        upstream.answerWith(scripted({ chunks: Array(200).fill("word "), delayMs: 20 }))
        const stream = await openai.chat.completions.create({
          model: "m",
          messages: ask,
          stream: true,
        })
        for await (const _ of stream) break
        stream.controller.abort()
        await eventually(() => upstream.requests.at(-1)?.cancelled === true)
      })

      test("ai: text, stream, tools, an object", async () => {
        expect((await generateText({ model, prompt: "hi" })).text).toBe(text)
        expect(
          (await Array.fromAsync(streamText({ model, prompt: "hi" }).textStream)).join(""),
        ).toBe(text)

        upstream.answerWith(scripted({ chunks: [], toolCalls: [call] }))
        const inputSchema = jsonSchema<{ city: string }>({
          type: "object",
          properties: { city: { type: "string" } },
        })
        const { toolCalls } = await generateText({
          model,
          prompt: "hi",
          tools: { weather: tool({ inputSchema }) },
        })
        expect(toolCalls[0]).toMatchObject({ toolName: "weather", input: { city: "Rome" } })

        upstream.answerWith(scripted({ chunks: ['{"city":', '"Rome"}'] }))
        const { object } = await generateObject({ model, prompt: "hi", schema: inputSchema })
        expect(object).toEqual({ city: "Rome" })
      })
    })
  }

  describe("errors have the types the SDK knows", () => {
    const client = (apiKey: string) =>
      new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 })
    const create = (openai: OpenAI, model: string) =>
      openai.chat.completions.create({ model, messages: ask })

    test("a wrong key", async () => {
      const failure = create(client("sk-0000000000000000000000000000"), "m")
      expect(await failure.catch((error) => error)).toBeInstanceOf(OpenAI.AuthenticationError)
    })

    test("an unknown model", async () => {
      const { key } = await server.addUser(1)
      const error = await create(client(key), "nope").catch((cause) => cause)
      expect(error).toBeInstanceOf(OpenAI.NotFoundError)
      expect(error.code).toBe("model_not_found")
    })

    test("no points left", async () => {
      const upstream = await simulate(scriptedOpenAi({ chunks: words }))
      await server.addChannel({ baseUrl: upstream.url, models: ["poor"] })
      const { key } = await server.addUser(0)
      const error = await create(client(key), "poor").catch((cause) => cause)
      expect(error).toMatchObject({ status: 402, code: "insufficient_quota" })
      expect(upstream.requests).toHaveLength(0)
      await upstream.close()
    })
  })

  test("the models are listed, and one can be asked for", async () => {
    const { key } = await server.addUser(0)
    const openai = new OpenAI({ apiKey: key, baseURL: `${server.url}/v1`, maxRetries: 0 })
    const ids = (await Array.fromAsync(openai.models.list())).map(({ id }) => id)
    expect(ids).toContain("poor")
    expect((await openai.models.retrieve("poor")).object).toBe("model")
    expect(await openai.models.retrieve("nope").catch((error) => error.status)).toBe(404)
  })
})
