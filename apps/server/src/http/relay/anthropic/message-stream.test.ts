import { expect, test } from "bun:test"
import type { ChatEvent } from "@nio/adapters"
import fc from "fast-check"
import { createMessageWriter } from "./message-stream.ts"
import { createMessage } from "./whole-message.ts"

const head = { id: "1", model: "m", created: 1 }
const none = { input: 0, output: 0 }

type Block = {
  type: string
  id?: string
  text: string
  thinking: string
  signature: string
  input: string
}
type Frame = { type: string; index?: number; content_block: Block; delta: Delta; message?: object }
type Delta = { text?: string; thinking?: string; partial_json?: string; signature?: string }

const framesOf = (text: string): Frame[] =>
  text
    .split("\n\n")
    .filter((frame) => frame !== "")
    .map((frame) => {
      const [event, data] = frame.split("\n")
      const parsed = JSON.parse(data!.slice("data: ".length))
      expect(event).toBe(`event: ${parsed.type}`)
      return parsed
    })

function told(events: readonly ChatEvent[]): Frame[] {
  const writer = createMessageWriter(head, 3)
  return framesOf(events.map((event) => writer.write([event])).join("") + writer.end(none))
}

/** The message a client makes of a stream. Blocks must begin, go on and end one after another. */
function assembled(frames: Frame[]) {
  const blocks: Block[] = []
  let open: number | undefined
  for (const frame of frames) {
    if (frame.type === "content_block_start") {
      expect(open).toBeUndefined()
      open = frame.index
      expect(open).toBe(blocks.length)
      blocks.push({ ...frame.content_block, ...(frame.content_block.input && { input: "" }) })
    }
    if (frame.type === "content_block_delta") {
      expect(frame.index).toBe(open)
      const { text, thinking, partial_json, signature } = frame.delta
      const block = blocks.at(-1)!
      if (text) block.text += text
      if (thinking) block.thinking += thinking
      if (partial_json) block.input += partial_json
      if (signature) block.signature += signature
    }
    if (frame.type === "content_block_stop") {
      expect(frame.index).toBe(open)
      open = undefined
    }
  }
  expect(open).toBeUndefined()
  return blocks.map((block) =>
    block.type === "tool_use" ? { ...block, input: JSON.parse(block.input || "{}") } : block,
  )
}

const call = (index: number, argumentsDelta: string, first = false): ChatEvent => ({
  type: "tool-call",
  choice: 0,
  index,
  ...(first && { id: `c${index}`, name: `n${index}` }),
  argumentsDelta,
})

test("a message begins, has its blocks in order, and ends", () => {
  const frames = told([
    { type: "reasoning", choice: 0, delta: "hm" },
    { type: "reasoning", choice: 0, delta: "", signature: "s" },
    { type: "text", choice: 0, delta: "Grüße" },
    call(0, '{"a":1}', true),
    { type: "finish", choice: 0, reason: "tool-calls" },
    { type: "usage", usage: { input: 9, output: 2, cachedInput: 4, cacheWriteInput: 1 } },
  ])
  expect(frames[0]).toMatchObject({
    type: "message_start",
    message: { id: "msg_1", model: "m", content: [], usage: { input_tokens: 3, output_tokens: 1 } },
  })
  expect<object[]>(assembled(frames)).toEqual([
    { type: "thinking", thinking: "hm", signature: "s" },
    { type: "text", text: "Grüße" },
    { type: "tool_use", id: "c0", name: "n0", input: { a: 1 } },
  ])
  expect<object[]>(frames.slice(-2)).toEqual([
    {
      type: "message_delta",
      delta: { stop_reason: "tool_use", stop_sequence: null },
      usage: {
        input_tokens: 4,
        cache_creation_input_tokens: 1,
        cache_read_input_tokens: 4,
        output_tokens: 2,
      },
    },
    { type: "message_stop" },
  ])
})

test("calls that come mixed are told one after another", () => {
  const blocks = assembled(
    told([
      call(0, "", true),
      call(0, '{"a":'),
      call(1, '{"b"', true),
      { type: "text", choice: 0, delta: "meanwhile" },
      call(0, "1}"),
      call(1, ":2}"),
      { type: "finish", choice: 0, reason: "tool-calls" },
    ]),
  )
  expect(blocks).toMatchObject([
    { id: "c0", input: { a: 1 } },
    { id: "c1", input: { b: 2 } },
    { type: "text", text: "meanwhile" },
  ])
})

test("a call that is never complete does not keep the others from being told", () => {
  const writer = createMessageWriter(head, 0)
  const text =
    writer.write([call(0, '{"a":', true), call(1, '{"b":2}', true)]) + writer.end(undefined)
  const starts = framesOf(text).filter(({ type }) => type === "content_block_start")
  expect(starts.map(({ content_block }) => content_block.id)).toEqual(["c0", "c1"])
})

const piecesOf = (input: object, index: number): ChatEvent[] => {
  const json = JSON.stringify(input)
  const middle = Math.floor(json.length / 2)
  return [
    call(index, "", true),
    call(index, json.slice(0, middle)),
    call(index, json.slice(middle)),
  ]
}

/** Some words and calls, their pieces in any mixture that keeps each in its own order. */
const answers = fc
  .tuple(
    fc.array(fc.record({ a: fc.string(), n: fc.integer() }), { maxLength: 4 }),
    fc.array(fc.nat(), { maxLength: 20 }),
  )
  .map(([inputs, picks]) => {
    const words = ["a", "b"].map((delta): ChatEvent => ({ type: "text", choice: 0, delta }))
    const queues = [...inputs.map(piecesOf), words]
    const mixed = picks.flatMap((pick) => queues[pick % queues.length]!.splice(0, 1))
    return [...mixed, ...queues.flat()]
  })

type Made = { type: string; id?: string; text?: string }

test("however the pieces are mixed, a stream says what the whole message says", () => {
  fc.assert(
    fc.property(answers, (events) => {
      const whole = createMessage(head)
      whole.add(events)
      const { content } = whole.body(none) as { content: Made[] }
      const byId = (blocks: Made[]) =>
        blocks
          .filter(({ type }) => type === "tool_use")
          .sort((one, other) => (one.id ?? "").localeCompare(other.id ?? ""))
      const streamed = assembled(told([...events, { type: "finish", choice: 0, reason: "stop" }]))
      expect(byId(streamed)).toEqual(byId(content))
      const said = (blocks: Made[]) => blocks.map(({ text = "" }) => text).join("")
      expect(said(streamed)).toBe(said(content))
    }),
  )
})
