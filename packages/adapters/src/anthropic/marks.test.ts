import { afterAll, beforeAll, expect, test } from "bun:test"
import { openrouter } from "../openrouter/index.ts"
import type { ChatRequest, Provider } from "../spec/index.ts"
import {
  hello,
  type SimulatedUpstream,
  scriptedAnthropic,
  scriptedOpenAi,
  simulate,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { anthropic } from "./index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const cache = { type: "ephemeral", ttl: "1h" }

/** Everything that can be marked, marked. */
const marked: ChatRequest = {
  ...hello,
  model: "claude-sonnet-4-5",
  messages: [
    { role: "system", content: [{ type: "text", text: "be brief", cache }] },
    {
      role: "user",
      content: [
        { type: "text", text: "hi", cache },
        { type: "image", url: "data:image/png;base64,iVBO", cache },
        { type: "file", data: "data:application/pdf;base64,JVBE", cache },
      ],
    },
    {
      role: "assistant",
      content: [],
      toolCalls: [{ id: "c1", name: "f", arguments: "{}", cache }],
    },
    { role: "tool", callId: "c1", content: [{ type: "text", text: "1" }], cache },
  ],
  tools: [{ name: "f", cache }],
}

async function sent(provider: Provider, request: ChatRequest) {
  up.answerWith((seen) =>
    (provider === anthropic ? scriptedAnthropic : scriptedOpenAi)({ chunks: ["a"] })(seen),
  )
  const { error } = await tell(provider, request, upstreamAt(up.url))
  if (error) throw error
  return up.requests.pop()!
}

test("what is to be kept is marked wherever Anthropic takes a mark", async () => {
  const { body } = await sent(anthropic, marked)
  expect(body.system).toEqual([{ type: "text", text: "be brief", cache_control: cache }])
  const blocks = body.messages.flatMap(({ content }: { content: object[] }) => content)
  expect(blocks.map(({ type }: { type: string }) => type)).toEqual([
    "text",
    "image",
    "document",
    "tool_use",
    "tool_result",
  ])
  for (const block of [...blocks, ...body.tools]) expect(block.cache_control).toEqual(cache)
})

test("without marks a system text stays a text", async () => {
  const system = { role: "system" as const, content: [{ type: "text" as const, text: "be brief" }] }
  const { body } = await sent(anthropic, { ...hello, messages: [system, ...hello.messages] })
  expect(body.system).toBe("be brief")
})

test("OpenRouter is given the marks, OpenAI's own format has no word for them", async () => {
  const { body, text } = await sent(openrouter, marked)
  expect(body.messages[0].content[0].cache_control).toEqual(cache)
  expect(body.tools[0].cache_control).toEqual(cache)
  expect(text).not.toContain('"cache":')
})

test("a caller's beta headers go along with its own words, and only with them", async () => {
  const text = '{"model":"m","max_tokens":1,"messages":[],"stream":true}'
  const headers = { "anthropic-beta": "b", "anthropic-version": "2024-01-01" }
  const native = { dialect: "anthropic", text, body: JSON.parse(text), headers } as const
  const own = await sent(anthropic, { ...hello, native })
  expect(own.headers.get("anthropic-beta")).toBe("b")
  expect(own.headers.get("anthropic-version")).toBe("2024-01-01")
  const foreign = await sent(anthropic, { ...hello, native: { ...native, dialect: "openai" } })
  expect(foreign.headers.get("anthropic-beta")).toBeNull()
})
