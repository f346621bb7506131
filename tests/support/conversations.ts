import type { ChatEvent, ChatMessage, Part, Reasoning, Tool, ToolCall } from "@nio/adapters"
import fc from "fast-check"

/** Words as people and models write them; dialects refuse, or trim, what is blank. */
const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .map((text) => `«${text}»`)
const id = (prefix: string) =>
  fc.stringMatching(/^[a-zA-Z0-9]{12}$/).map((letters) => `${prefix}_${letters}`)
const name = fc.constantFrom("weather", "search", "get_time")
const json = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(words, fc.integer(), fc.boolean()), {
    maxKeys: 3,
    noNullPrototype: true,
  })
  .map((value) => JSON.stringify(value))
const mark = fc.constantFrom({}, { cache: { type: "ephemeral" } })

const textPart: fc.Arbitrary<Part> = fc
  .tuple(words, mark)
  .map(([text, cache]) => ({ type: "text", text, ...cache }))
const imagePart: fc.Arbitrary<Part> = fc
  .base64String({ minLength: 8, maxLength: 24 })
  .map((data) => ({ type: "image", url: `data:image/png;base64,${data}` }))

const said = fc.array(fc.oneof({ arbitrary: textPart, weight: 3 }, imagePart), {
  minLength: 1,
  maxLength: 3,
})
const thought: fc.Arbitrary<Reasoning> = fc.oneof(
  fc.record({ text: words, signature: id("sig") }),
  id("red").map((redacted) => ({ text: "", redacted })),
)
const call: fc.Arbitrary<ToolCall> = fc
  .record({ id: id("call"), name, arguments: json, signature: fc.option(id("csig"), { nil: "" }) })
  .map(({ signature, ...rest }) => (signature ? { ...rest, signature } : rest))

/** What the model says in a turn, and what its calls come to. */
const exchange: fc.Arbitrary<ChatMessage[]> = fc
  .record({
    asked: said,
    thoughts: fc.array(thought, { maxLength: 2 }),
    text: fc.array(textPart, { maxLength: 1 }),
    calls: fc.uniqueArray(call, { maxLength: 3, selector: (one) => one.id }),
    results: fc.array(fc.tuple(words, mark, fc.boolean()), { minLength: 3, maxLength: 3 }),
  })
  .map(({ asked, thoughts, text, calls, results }) => [
    { role: "user", content: asked },
    {
      role: "assistant",
      content: text.length > 0 || calls.length > 0 ? text : [{ type: "text", text: "«ok»" }],
      ...(thoughts.length > 0 && { reasoning: thoughts }),
      ...(calls.length > 0 && { toolCalls: calls }),
    },
    ...calls.map((made, at): ChatMessage => {
      const [words, cache, isError] = results[at]!
      const content: Part[] = [{ type: "text", text: words }]
      return { role: "tool", callId: made.id, content, ...cache, ...(isError && { isError }) }
    }),
  ])

/** A conversation somebody might have had, up to the next question. */
export const conversation: fc.Arbitrary<ChatMessage[]> = fc
  .record({
    system: fc.array(textPart, { maxLength: 1 }),
    exchanges: fc.array(exchange, { maxLength: 3 }),
    question: said,
  })
  .map(({ system, exchanges, question }) => [
    ...(system.length > 0 ? [{ role: "system" as const, content: system }] : []),
    ...exchanges.flat(),
    { role: "user", content: question },
  ])

/** Tools in an order of their own. */
export const toolList: fc.Arbitrary<Tool[]> = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z][a-z_]{2,12}$/),
    description: words,
    parameters: fc.constantFrom(
      { type: "object", properties: {} },
      { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    ),
  }),
  { minLength: 1, maxLength: 4, selector: (tool) => tool.name },
)

/** What a model says in a turn: thoughts, words, calls, as the events of an answer. */
export const turn = fc
  .record({
    thoughts: fc.array(thought, { maxLength: 3 }),
    text: fc.array(words, { maxLength: 3 }),
    calls: fc.uniqueArray(call, { minLength: 1, maxLength: 3, selector: (one) => one.id }),
  })
  .map(({ thoughts, text, calls }) => ({ thoughts, text: text.join(""), calls }))
export type Turn = typeof turn extends fc.Arbitrary<infer Value> ? Value : never

export function eventsOf({ thoughts, text, calls }: Turn): ChatEvent[] {
  const choice = 0
  return [
    ...thoughts.flatMap(({ text: delta, signature, redacted }): ChatEvent[] =>
      redacted
        ? [{ type: "reasoning", choice, delta: "", redacted }]
        : [
            { type: "reasoning", choice, delta },
            { type: "reasoning", choice, delta: "", ...(signature && { signature }) },
          ],
    ),
    ...(text ? [{ type: "text" as const, choice, delta: text }] : []),
    ...calls.map(
      ({ id, name, arguments: argumentsDelta, signature }, index): ChatEvent => ({
        type: "tool-call",
        choice,
        index,
        id,
        name,
        argumentsDelta,
        ...(signature && { signature }),
      }),
    ),
    { type: "finish", choice, reason: "tool-calls" },
    { type: "usage", usage: { input: 1, output: 1 } },
  ]
}

/** What must not get lost on the way, in the order in which it was said. */
export type Facts = {
  system: string
  text: string
  images: string[]
  calls: object[]
  callSignatures: string[]
  results: object[]
  errors: string[]
  thoughts: string[]
  redacted: string[]
  marks: number
}

/** What Google's documentation puts where no signature was ever given. */
const noSignature = "skip_thought_signature_validator"

export function factsOf(messages: readonly ChatMessage[]): Facts {
  const parts = (role?: string) =>
    messages.flatMap((message) =>
      message.role === "tool" || (role && message.role !== role) ? [] : message.content,
    )
  const wordsOf = (list: readonly Part[]) =>
    list.map((part) => (part.type === "text" ? part.text : "")).join("")
  const assistants = messages.flatMap((message) => (message.role === "assistant" ? [message] : []))
  const calls = assistants.flatMap(({ toolCalls = [] }) => toolCalls)
  const reasoning = assistants.flatMap(({ reasoning: thoughts = [] }) => thoughts)
  const tools = messages.flatMap((message) => (message.role === "tool" ? [message] : []))
  const marked = [...parts(), ...calls, ...tools, ...tools.flatMap(({ content }) => content)]
  return {
    system: wordsOf(parts("system")),
    text: wordsOf([...parts("user"), ...parts("assistant")]),
    images: parts().flatMap((part) => (part.type === "image" ? [part.url] : [])),
    calls: calls.map(({ id, name, arguments: json }) => ({ id, name, input: JSON.parse(json) })),
    callSignatures: calls.flatMap(({ signature }) =>
      signature && signature !== noSignature ? signature : [],
    ),
    results: tools.map(({ callId, content }) => ({ callId, said: wordsOf(content) })),
    errors: tools.flatMap(({ callId, isError }) => (isError ? [callId] : [])),
    thoughts: reasoning.flatMap(({ text, signature }) => (signature ? [text, signature] : [])),
    redacted: reasoning.flatMap(({ redacted }) => redacted ?? []),
    marks: marked.filter((part) => "cache" in part && part.cache).length,
  }
}
