import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { ChatEvent, ChatRequest } from "../spec/index.ts"
import {
  cutFetch,
  hello,
  type SimulatedUpstream,
  scriptedOpenAi,
  simulate,
  tell,
  upstreamAt,
} from "../testing/index.ts"
import { openai } from "./index.ts"
import { createGlance, createReader } from "./stream.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
afterAll(() => up.close())

const fixture = (name: string) => Bun.file(`${import.meta.dir}/fixtures/${name}`).text()

async function replayed(name: string, cutBytes?: number) {
  const body = await fixture(name)
  up.answerWith({ headers: { "content-type": "text/event-stream" }, body })
  return tell(openai, hello, upstreamAt(up.url, cutBytes ? { fetch: cutFetch(cutBytes) } : {}))
}

const read = (...frames: object[]) => {
  const events: ChatEvent[] = []
  const reader = createReader()
  for (const frame of frames) reader(frame as Record<string, unknown>, events)
  return events
}
const said = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason }],
})

describe("streams", () => {
  test.each([undefined, 1, 3, 1_000])("text says the same however it is cut (%p)", async (cut) => {
    const { events, signs, bytes } = await replayed("text.sse", cut)
    const usage = { input: 9, output: 2, cachedInput: 4, reasoning: 0 }
    expect(events).toEqual([
      {
        type: "text",
        choice: 0,
        delta: "Grüße",
        logprobs: [
          {
            token: "Grüße",
            logprob: -0.25,
            bytes: [71],
            top: [{ token: "Hallo", logprob: -1.5, bytes: null }],
          },
        ],
      },
      { type: "text", choice: 0, delta: " 💬" },
      { type: "finish", choice: 0, reason: "stop" },
      { type: "usage", usage },
    ])
    expect(signs.findLast((sign) => sign.usage)?.usage).toEqual(usage)
    expect(signs.findLast((sign) => sign.finish)?.finish).toBe("stop")
    expect(bytes).toBe(await fixture("text.sse"))
  })

  test("calls and alternative answers keep their numbers", async () => {
    const { events } = await replayed("tools-n2.sse", 7)
    const call = { type: "tool-call", choice: 0 } as const
    expect(events).toEqual([
      { ...call, index: 0, id: "call_a", name: "get_weather", argumentsDelta: "" },
      { type: "text", choice: 1, delta: "No idea" },
      { ...call, index: 0, argumentsDelta: '{"city":' },
      { ...call, index: 0, argumentsDelta: '"Rome"}' },
      { ...call, index: 1, id: "call_b", name: "get_time", argumentsDelta: "{}" },
      { type: "finish", choice: 1, reason: "length" },
      { type: "finish", choice: 0, reason: "tool-calls" },
    ])
  })

  test.each([
    ["reasoning_content", { reasoning_content: "hm" }],
    ["reasoning", { reasoning: "hm", reasoning_details: [{ type: "reasoning.text", text: "hm" }] }],
    ["details alone", { reasoning_details: [{ type: "reasoning.text", text: "hm" }] }],
    [
      "Mistral's parts",
      { content: [{ type: "thinking", thinking: [{ type: "text", text: "hm" }] }] },
    ],
  ])("thinking is told apart from text (%s)", (_, delta) => {
    expect(read(said(delta))).toEqual([{ type: "reasoning", choice: 0, delta: "hm" }])
  })

  test("calls without index, id or arguments are still calls", () => {
    const one = { function: { name: "f", arguments: { a: 1 } } }
    const [first, second] = read(
      said({ tool_calls: [one] }),
      said({ tool_calls: [{ id: "x", function: { name: "g" } }] }),
    )
    expect(first).toMatchObject({
      index: 0,
      id: expect.stringMatching(/^call_/),
      name: "f",
      argumentsDelta: '{"a":1}',
    })
    expect(second).toMatchObject({ index: 1, id: "x", name: "g", argumentsDelta: "" })
  })

  test("a call at an index that is taken, under another id, is another call", () => {
    const call = (id: string) =>
      said({ tool_calls: [{ index: 0, id, function: { name: "f", arguments: "{}" } }] })
    expect(read(call("a"), call("b"))).toMatchObject([{ index: 0 }, { index: 1 }])
    expect(read(call("a"), call("a"))).toMatchObject([{ index: 0 }, { index: 0 }])
  })

  test("the form from before tools is read as a call", () => {
    const events = read(
      said({ function_call: { name: "f", arguments: "{" } }),
      said({ function_call: { arguments: "}" } }, "function_call"),
    )
    expect(events).toMatchObject([
      { name: "f", index: 0 },
      { index: 0, argumentsDelta: "}" },
      { reason: "tool-calls" },
    ])
  })

  test.each([
    ["stop", "stop"],
    ["eos", "stop"],
    ["length", "length"],
    ["tool_use", "tool-calls"],
    ["content_filter", "content-filter"],
    ["insufficient_system_resource", "other"],
  ] as const)("%s is %s", (wire, reason) => {
    expect(read(said({}, wire))).toEqual([{ type: "finish", choice: 0, reason }])
  })

  test("an answer that stops after a call finished for the call, seen either way", () => {
    const frames = [
      said({ tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: "{}" } }] }),
      said({}, "stop"),
    ]
    expect(read(...frames).at(-1)).toMatchObject({ reason: "tool-calls" })
    const glance = createGlance()
    expect(frames.map((frame) => glance(frame, "").finish)).toEqual([undefined, "tool-calls"])
  })

  test.each([
    [
      "xAI's reasoning beside the completion",
      {
        prompt_tokens: 5,
        completion_tokens: 2,
        total_tokens: 17,
        completion_tokens_details: { reasoning_tokens: 10 },
      },
      { input: 5, output: 12, reasoning: 10 },
    ],
    [
      "DeepSeek's cache",
      { prompt_tokens: 5, completion_tokens: 2, prompt_cache_hit_tokens: 4 },
      { input: 5, output: 2, cachedInput: 4 },
    ],
    [
      "Moonshot's cache",
      { prompt_tokens: 5, completion_tokens: 2, cached_tokens: 3 },
      { input: 5, output: 2, cachedInput: 3 },
    ],
    [
      "cache writes",
      { prompt_tokens: 5, completion_tokens: 2, prompt_tokens_details: { cache_write_tokens: 1 } },
      { input: 5, output: 2, cacheWriteInput: 1 },
    ],
  ])("usage: %s", (_, usage, told) => {
    expect(read({ choices: [], usage })).toEqual([{ type: "usage", usage: told }])
    expect(read({ x_groq: { usage } })).toEqual([{ type: "usage", usage: told }])
    expect(read({ choices: [{ index: 0, delta: {}, usage }] })).toEqual([
      { type: "usage", usage: told },
    ])
  })

  test("zeros all over are no usage", () => {
    expect(read({ choices: [], usage: { prompt_tokens: 0, completion_tokens: 0 } })).toEqual([])
  })

  test("values of the wrong type are passed over", () => {
    expect(
      read({ choices: [{ index: "x", delta: { content: 7, tool_calls: "no" } }, null, 3] }),
    ).toEqual([])
  })
})

describe("requests", () => {
  async function sent(request: Partial<ChatRequest>, baseUrl = up.url) {
    up.answerWith(scriptedOpenAi({ chunks: ["a"] }))
    await tell(openai, { ...hello, ...request }, upstreamAt(baseUrl))
    return up.requests.pop()!
  }

  test("a caller of the same dialect is passed on character by character", async () => {
    const text = '{ "model":"alias", "unknown":{"z":1e400,"a":[ ]}, "temperature":0,"stream":true }'
    const native = { dialect: "openai", text, body: JSON.parse(text) } as const
    const { text: received } = await sent({ model: "gpt-4o", native })
    expect(received).toBe(
      text
        .replace('"alias"', '"gpt-4o"')
        .replace("{ ", '{"stream_options":{"include_usage":true}, '),
    )
  })

  test("other stream options stay beside the wish for usage", async () => {
    const text = '{"model":"m","stream":true,"stream_options":{"include_obfuscation":false}}'
    const { body } = await sent({ native: { dialect: "openai", text, body: JSON.parse(text) } })
    expect(body.stream_options).toEqual({ include_usage: true, include_obfuscation: false })
  })

  test.each([
    ["", "/v1/chat/completions"],
    ["/v1", "/v1/chat/completions"],
    ["/openai/v1", "/openai/v1/chat/completions"],
    ["/api", "/api/v1/chat/completions"],
    ["/api/v3", "/api/v3/chat/completions"],
    ["/v1beta/openai", "/v1beta/openai/chat/completions"],
  ])("an address ending in %j is asked at %s", async (path, asked) => {
    expect((await sent({}, up.url + path)).path).toBe(asked)
  })

  test("everything that can be asked for is translated", async () => {
    const { body, headers } = await sent({
      model: "gpt-4o",
      messages: [
        { role: "system", content: [{ type: "text", text: "Be brief" }] },
        {
          role: "user",
          content: [
            { type: "text", text: "What?" },
            { type: "image", url: "https://example.com/a.png", detail: "low" },
            { type: "audio", data: "AAAA", format: "wav" },
            { type: "file", filename: "a.pdf", data: "data:application/pdf;base64,AAAA" },
          ],
        },
        { role: "assistant", content: [], toolCalls: [{ id: "c1", name: "f", arguments: "{}" }] },
        { role: "tool", callId: "c1", content: [{ type: "text", text: "21C" }] },
      ],
      maxTokens: 10,
      temperature: 0,
      topP: 0.5,
      stop: ["END"],
      seed: 7,
      choices: 2,
      logprobs: true,
      topLogprobs: 3,
      tools: [{ name: "f", description: "d", parameters: { type: "object" }, strict: true }],
      toolChoice: { name: "f" },
      parallelToolCalls: false,
      responseFormat: { type: "json-schema", name: "s", schema: { type: "object" }, strict: true },
      user: "u",
    })
    expect(headers.get("authorization")).toBe("Bearer sk-test-secret")
    expect(body).toEqual({
      model: "gpt-4o",
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: "system", content: "Be brief" },
        {
          role: "user",
          content: [
            { type: "text", text: "What?" },
            { type: "image_url", image_url: { url: "https://example.com/a.png", detail: "low" } },
            { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
            {
              type: "file",
              file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AAAA" },
            },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c1", content: "21C" },
      ],
      max_tokens: 10,
      temperature: 0,
      top_p: 0.5,
      stop: ["END"],
      seed: 7,
      n: 2,
      logprobs: true,
      top_logprobs: 3,
      tools: [
        {
          type: "function",
          function: { name: "f", description: "d", parameters: { type: "object" }, strict: true },
        },
      ],
      tool_choice: { type: "function", function: { name: "f" } },
      parallel_tool_calls: false,
      response_format: {
        type: "json_schema",
        json_schema: { name: "s", schema: { type: "object" }, strict: true },
      },
      user: "u",
    })
  })

  test.each(["o3", "gpt-5", "gpt-5.1", "gpt-6.1-sol", "openai/gpt-5.5"])(
    "%s knows its limit by another name and takes no temperature",
    async (model) => {
      const { body } = await sent({
        model,
        maxTokens: 10,
        temperature: 0.5,
        reasoningEffort: "low",
      })
      expect(body).toMatchObject({ max_completion_tokens: 10, reasoning_effort: "low" })
      expect(body).not.toContainAnyKeys(["max_tokens", "temperature"])
    },
  )
})
