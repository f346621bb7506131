import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { createOpenAI } from "@ai-sdk/openai"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from "ai"
import OpenAI from "openai"
import { eachDatabase } from "../support/databases.ts"
import { call, responsesUpstreams, words } from "../support/dialects.ts"
import { eventually } from "../support/eventually.ts"
import { refusal } from "../support/refusal.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")
const image = "data:image/png;base64,iVBORw0KGgo="
const tools = [
  {
    type: "function" as const,
    name: "weather",
    parameters: { type: "object", properties: { city: { type: "string" } } },
    strict: false,
  },
]
eachDatabase("clients of the Responses API", (open) => {
  let server: TestServer
  const client = (apiKey: string) =>
    new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 })

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m", "poor"] })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(responsesUpstreams)) {
    describe(`over an upstream that speaks ${dialect}`, () => {
      let upstream: SimulatedUpstream
      let channelId: string
      let openai: OpenAI
      let model: ReturnType<ReturnType<typeof createOpenAI>>

      beforeAll(async () => {
        upstream = await simulate(scripted({ chunks: words }))
        channelId = await server.addChannel({ baseUrl: upstream.url, provider, models: ["m"] })
        const { key } = await server.addUser(100_000)
        openai = client(key)
        model = createOpenAI({ apiKey: key, baseURL: `${server.url}/v1` })("m")
      })
      beforeEach(() => upstream.answerWith(scripted({ chunks: words })))
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("text at once, with usage", async () => {
        const response = await openai.responses.create({ model: "m", input: "hi" })
        expect(response.output_text).toBe(text)
        expect(response).toMatchObject({ object: "response", status: "completed", model: "m" })
        expect(response.usage).toMatchObject({
          input_tokens: 7,
          output_tokens: 4,
          total_tokens: 11,
        })
        expect(response.id).toMatch(/^resp_/)
      })

      test("a stream, event by event, and the whole at its end", async () => {
        const stream = await openai.responses.create({ model: "m", input: "hi", stream: true })
        const events: OpenAI.Responses.ResponseStreamEvent[] = []
        for await (const event of stream) events.push(event)
        expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()])
        expect(events[0]?.type).toBe("response.created")
        const deltas = events.flatMap((event) =>
          event.type === "response.output_text.delta" ? [event.delta] : [],
        )
        expect(deltas.join("")).toBe(text)
        const last = events.at(-1)
        if (last?.type !== "response.completed") throw new Error(`it ended with ${last?.type}`)
        expect(last.response.output).toMatchObject([
          { type: "message", content: [{ type: "output_text", text }] },
        ])
        expect(last.response.usage?.output_tokens).toBe(4)
      })

      test.each([false, true])("tools go there and back (stream: %p)", async (stream) => {
        upstream.answerWith(scripted({ chunks: ["Look: "], reasoning: ["hm"], toolCalls: [call] }))
        const asked = { model: "m", input: "weather?", tools, store: false }
        const first = stream
          ? await openai.responses.stream(asked).finalResponse()
          : await openai.responses.create(asked)
        const made = first.output.find((item) => item.type === "function_call")
        if (made?.type !== "function_call") throw new Error("no call was made")
        expect(made).toMatchObject({ name: "weather", arguments: call.arguments })
        expect(made.call_id).not.toBe("")

        upstream.answerWith(scripted({ chunks: ["Sunny."] }))
        const second = await openai.responses.create({
          ...asked,
          input: [
            { role: "user", content: "weather?" },
            ...(first.output as OpenAI.Responses.ResponseInputItem[]),
            { type: "function_call_output", call_id: made.call_id, output: "sun" },
          ],
        })
        expect(second.output_text).toBe("Sunny.")
        const sent = upstream.requests.at(-1)!.text
        expect(sent).toContain("Look: ")
        expect(sent).toContain("sun")
        if (dialect !== "gemini") expect(sent.split(made.call_id)).toHaveLength(3)
      })

      test("an image in", async () => {
        await openai.responses.create({
          model: "m",
          input: [
            {
              role: "user",
              content: [
                { type: "input_text", text: "what?" },
                { type: "input_image", image_url: image, detail: "auto" },
              ],
            },
          ],
        })
        expect(upstream.requests.at(-1)!.text).toContain("iVBORw0KGgo=")
      })

      test("a structured answer", async () => {
        upstream.answerWith(scripted({ chunks: ['{"city"', ':"Rome"}'] }))
        const parsed = await openai.responses.parse({
          model: "m",
          input: "where?",
          text: {
            format: {
              type: "json_schema",
              name: "place",
              schema: { type: "object", properties: { city: { type: "string" } } },
            },
          },
        })
        expect(JSON.parse(parsed.output_text)).toEqual({ city: "Rome" })
      })

      test("an abort reaches the upstream", async () => {
        upstream.answerWith(scripted({ chunks: Array(100).fill("slow "), delayMs: 50 }))
        const stream = await openai.responses.create({ model: "m", input: "hi", stream: true })
        for await (const event of stream) if (event.type === "response.output_text.delta") break
        const seen = upstream.requests.at(-1)!
        await eventually(async () => seen.cancelled)
        expect(seen.cancelled).toBe(true)
      })

      test("errors come in their own shape", async () => {
        const poor = client((await server.addUser(0)).key)
        expect(await refusal(poor.responses.create({ model: "m", input: "hi" }))).toMatchObject({
          status: 402,
          code: "insufficient_quota",
        })
        expect(
          await refusal(openai.responses.create({ model: "nowhere", input: "hi" })),
        ).toMatchObject({
          status: 404,
          code: "model_not_found",
        })
        expect(
          await refusal(
            openai.responses.create({ model: "m", input: "hi", conversation: "conv_1" }),
          ),
        ).toMatchObject({ status: 400, code: "unsupported_parameter" })
      })

      test("tools a server would run are refused where nobody runs them", async () => {
        const asked = { model: "m", input: "hi", tools: [{ type: "web_search" as const }] }
        if (dialect === "responses")
          expect((await openai.responses.create(asked)).output_text).toBe(text)
        else
          expect(await refusal(openai.responses.create(asked))).toMatchObject({
            status: 400,
            param: "tools.0.type",
          })
      })

      test("ai: text, stream, tools and a structured answer", async () => {
        expect((await generateText({ model, prompt: "hi" })).text).toBe(text)
        expect(await streamText({ model, prompt: "hi" }).text).toBe(text)

        let asked = 0
        upstream.answerWith((seen) =>
          scripted(
            asked++ === 0
              ? { chunks: ["Look: "], reasoning: ["hm"], toolCalls: [call] }
              : { chunks: ["Sunny."] },
          )(seen),
        )
        const cities: unknown[] = []
        const weather = tool({
          inputSchema: jsonSchema<{ city: string }>({
            type: "object",
            properties: { city: { type: "string" } },
          }),
          execute: async ({ city }) => {
            cities.push(city)
            return "sun"
          },
        })
        const answer = await generateText({
          model,
          prompt: "weather?",
          tools: { weather },
          stopWhen: stepCountIs(2),
        })
        expect(answer.text).toBe("Sunny.")
        expect(cities).toEqual(["Rome"])

        upstream.answerWith(scripted({ chunks: ['{"city":"Rome"}'] }))
        const place = await generateText({
          model,
          prompt: "where?",
          output: Output.object({
            schema: jsonSchema<{ city: string }>({
              type: "object",
              properties: { city: { type: "string" } },
            }),
          }),
        })
        expect(place.output).toEqual({ city: "Rome" })
      })
    })
  }
})
