import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { scriptedAnthropic, scriptedOpenAi, simulate, type Transcript } from "@nio/adapters/testing"
import { migrate, openDatabase } from "@nio/db"
import { freshSqlite } from "../support/databases.ts"
import { call } from "../support/dialects.ts"
import { type Inbound, inbounds } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const signature = "c2lnbmVk"
const ofWords = "d29yZHM="
const secret = "cmVkYWN0ZWQ="
const sse = { "content-type": "text/event-stream" }
const frames = (...documents: object[]) =>
  documents.map((document) => `data: ${JSON.stringify(document)}\n\n`).join("")

/** Upstreams that sign what they think, each in its own way; and where they want to see it again. */
const signers: Record<string, { answer: Transcript; sawItAgain(body: any): boolean }> = {
  anthropic: {
    answer: {
      body: JSON.stringify({
        id: "x",
        type: "message",
        role: "assistant",
        model: "m",
        content: [
          { type: "thinking", thinking: "hm", signature },
          { type: "redacted_thinking", data: secret },
          { type: "tool_use", id: call.id, name: call.name, input: { city: "Rome" } },
        ],
        stop_reason: "tool_use",
        usage: { input_tokens: 7, output_tokens: 2 },
      }),
      headers: { "content-type": "application/json" },
    },
    sawItAgain: (body) => {
      const [thought, hidden, use] = body.messages[1].content
      return thought.signature === signature && hidden.data === secret && use.id === call.id
    },
  },
  gemini: {
    answer: {
      body: frames(
        { candidates: [{ content: { parts: [{ text: "hm", thought: true }] }, index: 0 }] },
        {
          candidates: [
            {
              content: {
                parts: [
                  { text: "So. ", thoughtSignature: ofWords },
                  {
                    functionCall: { id: call.id, name: call.name, args: { city: "Rome" } },
                    thoughtSignature: signature,
                  },
                ],
              },
              finishReason: "STOP",
              index: 0,
            },
          ],
          usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 2 },
        },
      ),
      headers: sse,
    },
    sawItAgain: (body) => {
      const { parts } = body.contents[1]
      const made = parts.find((part: any) => part.functionCall)
      const signed = parts.some((part: any) => part.thoughtSignature === ofWords)
      return signed && made.thoughtSignature === signature && made.functionCall.name === call.name
    },
  },
  openrouter: {
    answer: {
      body: `${frames(
        {
          choices: [
            {
              index: 0,
              delta: {
                role: "assistant",
                reasoning: "hm",
                reasoning_details: [{ type: "reasoning.text", text: "hm" }],
              },
            },
          ],
        },
        {
          choices: [
            {
              index: 0,
              delta: {
                reasoning_details: [
                  { type: "reasoning.text", signature },
                  { type: "reasoning.encrypted", data: secret },
                ],
              },
            },
          ],
        },
        {
          choices: [
            {
              index: 0,
              delta: {
                tool_calls: [
                  {
                    index: 0,
                    id: call.id,
                    type: "function",
                    function: { name: call.name, arguments: call.arguments },
                  },
                ],
              },
              finish_reason: "tool_calls",
            },
          ],
        },
      )}data: [DONE]\n\n`,
      headers: sse,
    },
    sawItAgain: (body) => {
      const [thought, hidden] = body.messages[1].reasoning_details
      return thought.text === "hm" && thought.signature === signature && hidden.data === secret
    },
  },
}

/** What a client does between two steps of its tools: it sends back what it got. */
const turns: Record<string, (answer: any) => unknown[]> = {
  openai: ({ choices: [{ message }] }) => [
    { role: "user", content: "hi" },
    message,
    { role: "tool", tool_call_id: message.tool_calls[0].id, content: "sunny" },
  ],
  anthropic: ({ content }) => [
    { role: "user", content: "hi" },
    { role: "assistant", content },
    {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: content.at(-1).id, content: "sunny" }],
    },
  ],
  gemini: ({ candidates: [{ content }] }) => [
    { role: "user", parts: [{ text: "hi" }] },
    content,
    {
      role: "user",
      parts: [{ functionResponse: { name: call.name, response: { output: "sunny" } } }],
    },
  ],
}

describe("what a model signed comes back to it through any format", () => {
  let server: TestServer
  let key: string
  let cleanUp: () => Promise<void>

  beforeAll(async () => {
    const { options, remove } = await freshSqlite()
    const db = await openDatabase(options)
    await migrate(db)
    server = await startServer(db)
    key = (await server.addUser(1_000)).key
    cleanUp = async () => {
      await server.close()
      await db.close()
      await remove()
    }
  })
  afterAll(() => cleanUp())

  async function ask(inbound: Inbound, model: string, said: unknown) {
    const response = await fetch(`${server.url}${inbound.path({ model })}`, {
      method: "POST",
      headers: inbound.auth(key),
      body: JSON.stringify(inbound.body({ model, said })),
    })
    expect(response.status).toBe(200)
    return response.json()
  }

  const known = inbounds.filter(({ id }) => id in turns)
  const pairs = known.flatMap((inbound) =>
    Object.keys(signers).map((provider) => [inbound.name, provider, inbound] as const),
  )

  test.each(pairs)("%s, %s", async (_, provider, inbound) => {
    const { answer, sawItAgain } = signers[provider]!
    const upstream = await simulate(answer)
    const model = `claude-${inbound.id}-${provider}`
    const channel = { baseUrl: upstream.url, provider, models: [model] }
    const upstreamModel = provider === "gemini" ? "gemini-3.8-flash" : "claude-sonnet-4-5"
    await server.addChannel({ ...channel, mapping: [`${model}>${upstreamModel}`] })
    await server.setPrice({ models: [model] })
    const told = await ask(inbound, model, "hi")
    await ask(inbound, model, turns[inbound.id]!(told))
    expect(sawItAgain(upstream.requests.at(-1)!.body)).toBe(true)
    await upstream.close()
  })

  test("pictures in a tool's result are shown to models that read results as text", async () => {
    const anthropic = known.find(({ id }) => id === "anthropic")!
    const source = { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" }
    for (const [provider, scripted] of [
      ["openai", scriptedOpenAi],
      ["anthropic", scriptedAnthropic],
    ] as const) {
      const upstream = await simulate(scripted({ chunks: ["nice"] }))
      const model = `shown-${provider}`
      await server.addChannel({ baseUrl: upstream.url, provider, models: [model] })
      await server.setPrice({ models: [model] })
      await ask(anthropic, model, [
        { role: "user", content: "hi" },
        { role: "assistant", content: [{ type: "tool_use", id: "c1", name: "look", input: {} }] },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "c1", content: [{ type: "image", source }] },
          ],
        },
      ])
      expect(upstream.requests.at(-1)!.text).toContain(source.data)
      await upstream.close()
    }
  })
})
