import { describe, expect, test } from "bun:test"
import { type ChatMessage, signedBy, type Tool } from "@nio/adapters"
import fc from "fast-check"
import {
  conversation,
  eventsOf,
  type Facts,
  factsOf,
  type Turn,
  toolList,
  turn,
} from "../support/conversations.ts"
import {
  type SpokenDialect,
  sent,
  spoken,
  spokenDialects,
  told,
  written,
} from "../support/translation.ts"

const numRuns = 60
const seed = Date.now() & 0x7fffffff
console.log(`translations are drawn by the seed ${seed}`)

const read = (dialect: SpokenDialect, text: string) => spoken[dialect].read(text).messages

/** OpenRouter speaks two dialects, and is asked in the caller's own where it can be. */
const spokenTo = (upstream: SpokenDialect, caller: SpokenDialect) =>
  upstream === "openai" && caller === "responses" ? caller : upstream

/** The facts a dialect has words for. */
function carried(facts: Facts, ...dialects: SpokenDialect[]) {
  const kept: Partial<Facts> = { ...facts }
  for (const dialect of dialects)
    for (const fact of Object.keys(spoken[dialect].without)) delete kept[fact as keyof Facts]
  return kept
}

describe("what is asked in one dialect of a model that speaks another", () => {
  for (const caller of spokenDialects)
    for (const upstream of spokenDialects)
      test(`${caller} → ${upstream} loses nothing it has words for`, () =>
        fc.assert(
          fc.asyncProperty(conversation, async (messages) => {
            const asked = read(caller, await written(caller, messages))
            expect(carried(factsOf(asked), caller)).toEqual(carried(factsOf(messages), caller))

            const sent = read(upstream, await written(upstream, asked))
            expect(carried(factsOf(sent), caller, upstream)).toEqual(
              carried(factsOf(asked), caller, upstream),
            )
          }),
          { numRuns, seed },
        ))
})

const hello: ChatMessage[] = [{ role: "user", content: [{ type: "text", text: "hi" }] }]

const offer = ({ name, description, parameters }: Tool) => ({ name, description, parameters })

describe("the tools offered", () => {
  for (const caller of spokenDialects)
    for (const upstream of spokenDialects)
      test(`${caller} → ${upstream} keeps them, and their order`, () =>
        fc.assert(
          fc.asyncProperty(toolList, async (tools) => {
            const asked = spoken[caller].read(await written(caller, hello, tools)).tools!
            const sent = spoken[upstream].read(await written(upstream, hello, asked)).tools!
            expect(sent.map(offer)).toEqual(tools.map(offer))
          }),
          { numRuns, seed },
        ))
})

/** What a model of the dialect signs: what others sign is none of its answers. */
function saidBy(upstream: SpokenDialect, { thoughts, text, calls }: Turn): Turn {
  const without: Partial<Record<keyof Facts, string>> = spoken[upstream].without
  return {
    text,
    thoughts: without.thoughts
      ? []
      : thoughts.filter(({ redacted }) => !(redacted && without.redacted)),
    calls: without.callSignatures ? calls.map(({ signature: _, ...call }) => call) : calls,
  }
}

describe("what a model of one dialect answers a caller of another", () => {
  for (const caller of spokenDialects)
    for (const upstream of spokenDialects.filter((one) => spokenTo(one, caller) === one))
      test(`${upstream} → ${caller} → ${upstream}: ids and signatures come back, and go nowhere else`, () =>
        fc.assert(
          fc.asyncProperty(turn, async (drawn) => {
            const said = saidBy(upstream, drawn)
            const first = await written(caller, hello)
            const events = eventsOf(said).map((event) =>
              caller === upstream ? event : signedBy(upstream, event),
            )
            const answer = await told(caller, first, events)
            const body = JSON.parse(first)
            const results = new Map(said.calls.map(({ id }) => [id, "«done»"]))
            spoken[caller].goOn(body, answer, results)

            const next = spoken[caller].read(JSON.stringify(body))
            const back = factsOf(read(upstream, await sent(upstream, next)))
            const { text, thoughts, calls } = said
            const turns: ChatMessage[] = [
              { role: "assistant", content: [], reasoning: thoughts, toolCalls: calls },
            ]
            const due = factsOf(turns)
            expect(back.calls).toEqual(due.calls)
            expect(back.callSignatures).toEqual(due.callSignatures)
            expect(back.thoughts).toEqual(due.thoughts)
            expect(back.redacted).toEqual(due.redacted)
            expect(back.text).toBe(`hi${text}`)
            expect(back.results).toEqual(calls.map(({ id }) => ({ callId: id, said: "«done»" })))

            for (const other of spokenDialects) {
              if (other === upstream || caller === upstream) continue
              const elsewhere = factsOf(read(spokenTo(other, caller), await sent(other, next)))
              expect(elsewhere.calls).toEqual(due.calls)
              const signatures = [elsewhere.callSignatures, elsewhere.thoughts, elsewhere.redacted]
              expect(signatures.flat()).toEqual([])
            }
          }),
          { numRuns, seed },
        ))
})

describe("calls from before tools had ids", () => {
  test.each(spokenDialects)("are answered by their results: openai → %s", async (upstream) => {
    const called = (name: string, json: string) => [
      { role: "assistant", content: null, function_call: { name, arguments: json } },
      { role: "function", name, content: `«${name} done»` },
    ]
    const body = {
      model: "m",
      functions: [{ name: "weather", parameters: { type: "object", properties: {} } }],
      messages: [
        { role: "user", content: "hi" },
        ...called("weather", '{"city":"Rome"}'),
        ...called("search", "{}"),
      ],
    }
    const { messages, tools } = spoken.openai.read(JSON.stringify(body))
    const facts = factsOf(read(upstream, await written(upstream, messages, tools)))
    expect(facts.calls).toMatchObject([
      { name: "weather", input: { city: "Rome" } },
      { name: "search", input: {} },
    ])
    expect(facts.results).toEqual(
      (facts.calls as { id: string; name: string }[]).map(({ id, name }) => ({
        callId: id,
        said: `«${name} done»`,
      })),
    )
    expect(new Set((facts.calls as { id: string }[]).map(({ id }) => id)).size).toBe(2)
  })
})
