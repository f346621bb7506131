import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { createAnthropic } from "@ai-sdk/anthropic"
import { createGoogleGenerativeAI } from "@ai-sdk/google"
import { createOpenAI } from "@ai-sdk/openai"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import {
  generateText,
  jsonSchema,
  type LanguageModel,
  Output,
  stepCountIs,
  streamText,
  tool,
} from "ai"
import { eachDatabase } from "../support/databases.ts"
import { call, dialects, words } from "../support/dialects.ts"
import { eventually } from "../support/eventually.ts"
import { refusal } from "../support/refusal.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")
const image = "iVBORw0KGgo="
const place = jsonSchema<{ city: string }>({
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
})

type At = { url: string; apiKey: string; model: string }
/** The providers of the AI SDK; OpenAI's own default is the Responses API, which has a suite of its own. */
const clients: Record<string, (at: At) => LanguageModel> = {
  "OpenAI's chat": ({ url, apiKey, model }) =>
    createOpenAI({ apiKey, baseURL: `${url}/v1` }).chat(model),
  Anthropic: ({ url, apiKey, model }) => createAnthropic({ apiKey, baseURL: `${url}/v1` })(model),
  Google: ({ url, apiKey, model }) =>
    createGoogleGenerativeAI({ apiKey, baseURL: `${url}/v1beta` })(model),
}

eachDatabase("the AI SDK", (open) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m"] })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(dialects))
    describe.each(Object.keys(clients))(`as %s, to an upstream of ${dialect}`, (client) => {
      let upstream: SimulatedUpstream
      let channelId: string
      let model: LanguageModel
      const modelFor = (apiKey: string) => clients[client]!({ url: server.url, apiKey, model: "m" })

      beforeAll(async () => {
        upstream = await simulate({})
        channelId = await server.addChannel({ baseUrl: upstream.url, provider, models: ["m"] })
        model = modelFor((await server.addUser(100_000)).key)
      })
      beforeEach(() => upstream.answerWith(scripted({ chunks: words })))
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("text at once and in a stream, with usage", async () => {
        const answer = await generateText({ model, prompt: "hi" })
        expect(answer.text).toBe(text)
        expect(answer.usage).toMatchObject({ inputTokens: 7, outputTokens: 4 })
        const stream = streamText({ model, prompt: "hi" })
        expect(await stream.text).toBe(text)
        expect((await stream.usage).outputTokens).toBe(4)
      })

      test.each(["at once", "in pieces"])("tools go there and back, %s", async (how) => {
        let asked = 0
        upstream.answerWith((seen) =>
          scripted(
            asked++ === 0
              ? { chunks: ["Look: "], reasoning: ["hm"], toolCalls: [call] }
              : { chunks: ["Sunny."] },
          )(seen),
        )
        const cities: string[] = []
        const weather = tool({
          inputSchema: place,
          execute: async ({ city }) => {
            cities.push(city)
            return "sun"
          },
        })
        const wanted = {
          model,
          prompt: "weather?",
          tools: { weather },
          stopWhen: stepCountIs(2),
        }
        const said =
          how === "at once"
            ? (await generateText(wanted)).text
            : (await (await streamText(wanted).steps).at(-1))?.text
        expect(said).toBe("Sunny.")
        expect(cities).toEqual(["Rome"])
        expect(upstream.requests.at(-1)!.text).toContain("sun")
      })

      test("an image in", async () => {
        await generateText({
          model,
          messages: [
            {
              role: "user",
              content: [
                { type: "text", text: "what?" },
                { type: "file", data: image, mediaType: "image/png" },
              ],
            },
          ],
        })
        expect(upstream.requests.at(-1)!.text).toContain(image)
      })

      test("a structured answer", async () => {
        const json = '{"city":"Rome"}'
        // Anthropic's way for models it does not know is a tool called `json`.
        upstream.answerWith((seen) =>
          scripted(
            /"name":\s*"json"/.test(seen.text)
              ? { chunks: [], toolCalls: [{ id: "call_2", name: "json", arguments: json }] }
              : { chunks: [json] },
          )(seen),
        )
        const { output } = await generateText({
          model,
          prompt: "where?",
          output: Output.object({ schema: place }),
        })
        expect(output).toEqual({ city: "Rome" })
      })

      test("an abort reaches the upstream", async () => {
        upstream.answerWith(scripted({ chunks: Array(100).fill("slow "), delayMs: 50 }))
        const controller = new AbortController()
        const stream = streamText({ model, prompt: "hi", abortSignal: controller.signal })
        for await (const _ of stream.textStream) controller.abort()
        const seen = upstream.requests.at(-1)!
        await eventually(async () => seen.cancelled)
        expect(seen.cancelled).toBe(true)
      })

      test("errors are told", async () => {
        const ask = async (apiKey: string) =>
          refusal(generateText({ model: modelFor(apiKey), prompt: "hi", maxRetries: 0 }))
        expect(await ask((await server.addUser(0)).key)).toMatchObject({
          message: expect.stringContaining("Not enough points"),
        })
        expect(await ask("sk-wrong")).toMatchObject({ statusCode: 401 })
      })
    })
})
