import { afterAll, beforeAll, expect, test } from "bun:test"
import Anthropic from "@anthropic-ai/sdk"
import { providers } from "@nio/adapters"
import { mocks, type Script, startMock } from "@nio/adapters/testing"
import OpenAI from "openai"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const script: Script = { chunks: ["Gr", "üße ", "💬"], usage: { input: 9, output: 3 } }
const text = script.chunks.join("")

/** Who answers by being looked at takes a while. */
const patienceMs = 30_000

/** They draw, whatever they are told to say. */
const drawing = ["midjourney"]

eachDatabase("every provider behind the whole server", (open) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startServer((await open()).db)
  })
  afterAll(() => server.close())

  test.each(Object.keys(mocks).filter((id) => !drawing.includes(id)))(
    "%s answers clients of OpenAI and of Anthropic, streamed and whole",
    async (id) => {
      const mock = await mocks[id]!()
      await using up = await startMock(mock, { script })
      const { baseUrl, key } = mock.channel(up.url)
      const [real = "m"] = providers.get(id)?.models ?? []
      const model = `model-of-${id}`
      await server.setPrice({ models: [model] })
      const channel = { provider: id, baseUrl, secrets: [key], models: [model] }
      const channelId = await server.addChannel({ ...channel, mapping: [`${model}>${real}`] })
      const { key: apiKey } = await server.addUser(100)
      const messages = [{ role: "user" as const, content: "hi" }]

      const openai = new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 })
      const whole = await openai.chat.completions.create({ model, messages })
      expect(whole.choices[0]).toMatchObject({ message: { content: text }, finish_reason: "stop" })
      expect(whole.usage?.total_tokens).toBeGreaterThan(0)
      let streamed = ""
      for await (const chunk of await openai.chat.completions.create({
        model,
        messages,
        stream: true,
      }))
        streamed += chunk.choices[0]?.delta.content ?? ""
      expect(streamed).toBe(text)

      const anthropic = new Anthropic({ apiKey, baseURL: server.url, maxRetries: 0 })
      const asked = { model, max_tokens: 100, messages }
      const message = await anthropic.messages.create(asked)
      expect(message.content).toMatchObject([{ type: "text", text }])
      const final = await anthropic.messages.stream(asked).finalMessage()
      expect(final).toMatchObject({ content: [{ type: "text", text }], stop_reason: "end_turn" })
      expect(final.usage.output_tokens).toBeGreaterThan(0)
      await server.deps.underway.drained(5_000)
      await server.removeChannel(channelId)
    },
    patienceMs,
  )
})
