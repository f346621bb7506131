import { describe, expect, test } from "bun:test"
import type { ChatMessage, Tool } from "@nio/adapters"
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
  spoken,
  spokenDialects,
  told,
  written,
} from "../support/translation.ts"

const numRuns = 60
const seed = Date.now() & 0x7fffffff
console.log(`translations are drawn by the seed ${seed}`)

const read = (dialect: SpokenDialect, text: string) => spoken[dialect].read(text).messages

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
    for (const upstream of spokenDialects)
      test(`${upstream} → ${caller} → ${upstream}: ids and signatures come back`, () =>
        fc.assert(
          fc.asyncProperty(turn, async (drawn) => {
            const said = saidBy(upstream, drawn)
            const first = await written(caller, hello)
            const answer = await told(caller, first, eventsOf(said))
            const body = JSON.parse(first)
            const results = new Map(said.calls.map(({ id }) => [id, "«done»"]))
            spoken[caller].goOn(body, answer, results)

            const next = read(caller, JSON.stringify(body))
            const sent = factsOf(read(upstream, await written(upstream, next)))
            const { text, thoughts, calls } = said
            const turns: ChatMessage[] = [
              { role: "assistant", content: [], reasoning: thoughts, toolCalls: calls },
            ]
            const due = factsOf(turns)
            expect(sent.calls).toEqual(due.calls)
            expect(sent.callSignatures).toEqual(due.callSignatures)
            expect(sent.thoughts).toEqual(due.thoughts)
            expect(sent.redacted).toEqual(due.redacted)
            expect(sent.text).toBe(`hi${text}`)
            expect(sent.results).toEqual(calls.map(({ id }) => ({ callId: id, said: "«done»" })))
          }),
          { numRuns, seed },
        ))
})
