import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import OpenAI from "openai"
import { eachDatabase } from "../support/databases.ts"
import { dialects, words } from "../support/dialects.ts"
import { refusal } from "../support/refusal.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")

eachDatabase("completions from before chat", (open) => {
  let server: TestServer
  let openai: OpenAI

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m", "davinci-002"] })
    const { key } = await server.addUser(100_000)
    openai = new OpenAI({ apiKey: key, baseURL: `${server.url}/v1`, maxRetries: 0 })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(dialects)) {
    describe(`over an upstream that chats as ${dialect}`, () => {
      let upstream: SimulatedUpstream
      let channelId: string

      beforeAll(async () => {
        upstream = await simulate(scripted({ chunks: words }))
        channelId = await server.addChannel({ baseUrl: upstream.url, provider, models: ["m"] })
      })
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("a prompt is continued, and repeated when asked", async () => {
        const answer = await openai.completions.create({ model: "m", prompt: "Once", stop: ["."] })
        expect(answer).toMatchObject({
          object: "text_completion",
          model: "m",
          choices: [{ index: 0, text, finish_reason: "stop", logprobs: null }],
          usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 },
        })
        expect(answer.id).toStartWith("cmpl-")
        expect(upstream.requests.at(-1)!.text).toContain("Once")
        const echoed = await openai.completions.create({ model: "m", prompt: "Once ", echo: true })
        expect(echoed.choices[0]!.text).toBe(`Once ${text}`)
      })

      test("several prompts have a choice each, in their order", async () => {
        const asked = { model: "m", prompt: ["One ", "Two "], echo: true }
        const answer = await openai.completions.create(asked)
        expect(answer.choices.map((choice) => [choice.index, choice.text])).toEqual([
          [0, `One ${text}`],
          [1, `Two ${text}`],
        ])
        expect(answer.usage).toMatchObject({ prompt_tokens: 14, completion_tokens: 8 })

        const told = ["", ""]
        const stream = await openai.completions.create({ ...asked, stream: true })
        for await (const { choices } of stream)
          for (const choice of choices) told[choice.index] += choice.text
        expect(told).toEqual([`One ${text}`, `Two ${text}`])
      })

      test("a stream, with the usage when asked", async () => {
        const stream = await openai.completions.create({
          model: "m",
          prompt: "Once",
          stream: true,
          stream_options: { include_usage: true },
        })
        let said = ""
        let finish: string | null = null
        let tokens: number | undefined
        for await (const { choices, usage } of stream) {
          said += choices[0]?.text ?? ""
          finish = choices[0]?.finish_reason ?? finish
          tokens = usage?.completion_tokens ?? tokens
        }
        expect([said, finish, tokens]).toEqual([text, "stop", 4])
      })

      test.each<Partial<OpenAI.CompletionCreateParamsNonStreaming>>([
        { suffix: "The end." },
        { best_of: 2 },
        { prompt: [1, 2, 3] },
      ])("what no chat can be asked is refused (%j)", async (fields) => {
        const asked = openai.completions.create({ model: "m", prompt: "Once", ...fields })
        expect(await refusal(asked)).toMatchObject({
          status: 400,
          code: "unsupported_parameter",
          param: Object.keys(fields)[0],
        })
      })
    })
  }

  test("a model that knows no chat is asked as it came, and its bytes come back", async () => {
    const answer = {
      id: "cmpl-up",
      object: "text_completion",
      model: "davinci-002",
      choices: [
        { index: 0, text: " upon", logprobs: { tokens: [" upon"] }, finish_reason: "stop" },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }
    const body = JSON.stringify(answer)
    await using up = await simulate({ headers: { "content-type": "application/json" }, body })
    const channelId = await server.addChannel({ baseUrl: up.url, models: ["davinci-002"] })
    const asked = { model: "davinci-002", prompt: "Once", suffix: ".", logprobs: 1 }
    const response = await fetch(`${server.url}/v1/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${openai.apiKey}` },
      body: JSON.stringify(asked),
    })
    expect(await response.text()).toBe(body)
    expect(up.requests.at(-1)).toMatchObject({ path: "/v1/completions", body: asked })
    await server.removeChannel(channelId)
  })
})
