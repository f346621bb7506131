import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { ChatAnthropic } from "@langchain/anthropic"
import type { BaseChatModel } from "@langchain/core/language_models/chat_models"
import { HumanMessage, ToolMessage } from "@langchain/core/messages"
import { ChatGoogleGenerativeAI } from "@langchain/google-genai"
import { ChatOpenAI } from "@langchain/openai"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { eachDatabase } from "../support/databases.ts"
import { call, responsesUpstreams, words } from "../support/dialects.ts"
import { eventually } from "../support/eventually.ts"
import { refusal } from "../support/refusal.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")
const place = {
  title: "place",
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
}
/** A name this client knows: of others it thinks that they see no images. */
const name = "gemini-2.5-flash"
const weather = { name: "weather", description: "Tells the weather.", parameters: place }
const tools = [{ type: "function", function: weather }]
const image = "iVBORw0KGgo="

type At = { url: string; key: string; model: string }
/** LangChain's own clients, one for each format it speaks. */
const clients: Record<string, (at: At) => BaseChatModel> = {
  "chat completions": ({ url, key, model }) =>
    new ChatOpenAI({ model, apiKey: key, maxRetries: 0, configuration: { baseURL: `${url}/v1` } }),
  "the Responses API": ({ url, key, model }) =>
    new ChatOpenAI({
      model,
      apiKey: key,
      maxRetries: 0,
      useResponsesApi: true,
      configuration: { baseURL: `${url}/v1` },
    }),
  messages: ({ url, key, model }) =>
    new ChatAnthropic({ model, apiKey: key, maxRetries: 0, anthropicApiUrl: url, maxTokens: 100 }),
  contents: ({ url, key, model }) =>
    new ChatGoogleGenerativeAI({ model, apiKey: key, maxRetries: 0, baseUrl: url }),
}

eachDatabase("LangChain", (open) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: [name] })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(responsesUpstreams))
    describe.each(Object.keys(clients))(`speaks %s to an upstream of ${dialect}`, (format) => {
      let upstream: SimulatedUpstream
      let channelId: string
      let key: string
      // The OpenAI channel of that name answers chats in its own format, and responses in theirs.
      const speaks =
        dialect === "responses" && format !== "the Responses API"
          ? responsesUpstreams.openai
          : { scripted, provider }
      const modelFor = (apiKey: string, model = name) =>
        clients[format]!({ url: server.url, key: apiKey, model })

      beforeAll(async () => {
        upstream = await simulate({})
        const channel = { baseUrl: upstream.url, provider: speaks.provider, models: [name] }
        channelId = await server.addChannel(channel)
        ;({ key } = await server.addUser(100_000))
      })
      beforeEach(() => upstream.answerWith(speaks.scripted({ chunks: words })))
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("text at once, with usage", async () => {
        const answer = await modelFor(key).invoke("hi")
        expect(answer.text).toBe(text)
        expect(answer.usage_metadata).toMatchObject({ input_tokens: 7, output_tokens: 4 })
      })

      test("a stream", async () => {
        let said = ""
        for await (const piece of await modelFor(key).stream("hi")) said += piece.text
        expect(said).toBe(text)
      })

      test("tools go there and back", async () => {
        const model = modelFor(key).bindTools!(tools)
        upstream.answerWith(speaks.scripted({ chunks: ["Look: "], toolCalls: [call] }))
        const asked = new HumanMessage("weather?")
        const first = await model.invoke([asked])
        expect(first.tool_calls).toMatchObject([{ name: "weather", args: { city: "Rome" } }])

        upstream.answerWith(speaks.scripted({ chunks: ["Sunny."] }))
        const result = new ToolMessage({
          tool_call_id: first.tool_calls![0]!.id!,
          name: "weather",
          content: "sun",
        })
        const second = await model.invoke([asked, first, result])
        expect(second.text).toBe("Sunny.")
        expect(upstream.requests.at(-1)!.text).toContain("sun")
        expect(upstream.requests.at(-1)!.text).toContain("Look: ")
      })

      test("an image in", async () => {
        await modelFor(key).invoke([
          new HumanMessage({
            content: [
              { type: "text", text: "what?" },
              { type: "image_url", image_url: { url: `data:image/png;base64,${image}` } },
            ],
          }),
        ])
        expect(upstream.requests.at(-1)!.text).toContain(image)
      })

      test("a structured answer", async () => {
        const model = modelFor(key).withStructuredOutput(place, { name: "place" })
        const json = '{"city":"Rome"}'
        // Some clients ask for it as an answer, some as the call of a tool.
        upstream.answerWith((seen) => {
          const called = /"(tools|functionDeclarations)":\s*\[\s*\{/.test(seen.text)
          const script = called
            ? {
                chunks: [],
                toolCalls: [{ id: "call_2", name: nameIn(seen.text), arguments: json }],
              }
            : { chunks: [json] }
          return speaks.scripted(script)(seen)
        })
        expect(await model.invoke("where?")).toEqual({ city: "Rome" })
      })

      // Google's older client leaves a rejection of its own unhandled.
      if (format !== "contents")
        test("an abort reaches the upstream", async () => {
          upstream.answerWith(speaks.scripted({ chunks: Array(100).fill("slow "), delayMs: 50 }))
          const { signal, abort } = abortable()
          const stream = await modelFor(key).stream("hi", { signal })
          const reading = (async () => {
            for await (const _ of stream) abort()
          })()
          await refusal(reading.then(() => Promise.reject(new Error("ended"))))
          const seen = upstream.requests.at(-1)!
          await eventually(async () => seen.cancelled)
          expect(seen.cancelled).toBe(true)
        })

      test("errors are told", async () => {
        const poor = modelFor((await server.addUser(0)).key)
        expect(String(await refusal(poor.invoke("hi")))).toContain("Not enough points")
        expect(String(await refusal(modelFor("sk-wrong").invoke("hi")))).toMatch(/API key/)
      })
    })
})

/** The name under which a client asks for a structured answer. */
const nameIn = (body: string) => /"name":\s*"(\w+)"/.exec(body)?.[1] ?? ""

function abortable() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
