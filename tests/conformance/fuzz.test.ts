import { describe, expect, test } from "bun:test"
import { type ChatEvent, type Native, type Provider, providers, UpstreamError } from "@nio/adapters"
import {
  hello,
  type Mock,
  mocks,
  scriptedResponses,
  simulate,
  tell,
  upstreamAt,
} from "@nio/adapters/testing"
import fc from "fast-check"
import { damage, damaged } from "../support/damage.ts"

const numRuns = 150
/** Whoever asks again and again until the work is done takes his time about it. */
const slowRuns = 6
const slow = new Set(["midjourney"])
const seed = Date.now() & 0x7fffffff
console.log(`answers are damaged by the seed ${seed}`)

const script = {
  chunks: ["Grüße", ", ", "世界"],
  reasoning: ["hm"],
  toolCalls: [{ id: "call_1", name: "f", arguments: '{"a":1}' }],
}
/** Long enough for an answer, short enough for one that never comes. */
const timeouts = { firstByteMs: 400, idleMs: 400, totalMs: 1_500 }

/** Whatever an upstream sends, what is told of it is of the type it says it is. */
function checkEvent(event: ChatEvent) {
  if ("delta" in event) expect(event.delta).toBeString()
  if ("choice" in event) expect(event.choice).toBeInteger()
  if ("signature" in event) expect(event.signature).toBeString()
  if (event.type === "tool-call") {
    expect(event.index).toBeInteger()
    expect(event.index).toBeGreaterThanOrEqual(0)
    expect(event.argumentsDelta).toBeString()
    if ("id" in event) expect(event.id).toBeString()
    if ("name" in event) expect(event.name).toBeString()
  }
  if (event.type === "usage")
    for (const count of Object.values(event.usage)) expect(count).toBeGreaterThanOrEqual(0)
}

type Case = { provider: Provider; mock: Mock; model: string; native?: Native }

/** Every provider as it speaks to its simulated upstream, and OpenAI in its other two protocols. */
const cases: Record<string, () => Promise<Case>> = {
  ...Object.fromEntries(
    Object.entries(mocks).map(([id, load]) => {
      const provider = providers.get(id)!
      return [id, async () => ({ provider, mock: await load(), model: provider.models[0] ?? "m" })]
    }),
  ),
  "openai, asked for a response": async () => {
    const [mock, text] = [await mocks.openai!(), '{"model":"m","input":"hi"}']
    return {
      provider: providers.get("openai")!,
      mock: { ...mock, answer: (seen, said) => scriptedResponses(said)(seen) },
      model: "m",
      native: { dialect: "responses", text, body: JSON.parse(text) },
    }
  },
  "openai, asked to continue a prompt": async () => {
    const logprobs = { tokens: ["a"], token_logprobs: [-1], top_logprobs: [{ a: -1 }] }
    const frames = [
      { choices: [{ index: 0, text: "a", logprobs, finish_reason: null }] },
      { choices: [{ index: 0, text: "", finish_reason: "stop" }] },
      { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } },
    ]
    const body = [
      ...frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`),
      "data: [DONE]\n\n",
    ]
    return {
      provider: providers.get("openai")!,
      mock: { ...(await mocks.openai!()), answer: () => ({ body }) },
      model: "davinci-002",
    }
  },
}

describe("a damaged answer is an answer, or an UpstreamError", () => {
  for (const [id, load] of Object.entries(cases))
    test(id, async () => {
      const { provider, mock, model, native } = await load()
      await using up = await simulate({})
      const upstream = { ...mock.channel(up.url), timeouts }
      await fc.assert(
        fc.asyncProperty(damage, fc.boolean(), fc.nat(60), async (hits, stream, cutBytes) => {
          up.answerWith(async (seen) => ({
            ...damaged(await mock.answer(seen, script), mock.spares?.(seen) ? [] : hits),
            ...(cutBytes > 20 && !seen.socket && { cutBytes }),
          }))
          const { events, error } = await tell(
            provider,
            { ...hello, model, stream, ...(native && { native }) },
            upstreamAt(upstream.baseUrl, upstream),
          )
          for (const event of events) checkEvent(event)
          if (error !== undefined) expect(error).toBeInstanceOf(UpstreamError)
        }),
        { numRuns: slow.has(id) ? slowRuns : numRuns, seed },
      )
    }, 60_000)
})
