import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { ChatEvent } from "../spec/index.ts"
import {
  cutFetch,
  hello,
  type SimulatedUpstream,
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

  test("a call without arguments has empty ones once it is finished", () => {
    const call = said({
      tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: "" } }],
    })
    expect(read(call, said({}, "tool_calls"), said({}, "tool_calls"))).toMatchObject([
      { argumentsDelta: "" },
      { argumentsDelta: "{}" },
      { reason: "tool-calls" },
      { reason: "tool-calls" },
    ])
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
