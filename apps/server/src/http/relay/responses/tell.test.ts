import { expect, test } from "bun:test"
import type { ChatEvent } from "@nio/adapters"
import fc from "fast-check"
import { readResponsesRequest } from "./read-request.ts"
import { tell, whole } from "./tell.ts"

const asked = readResponsesRequest('{"model":"m","input":"hi","stream":true}')
const head = { id: "1", model: "m", created: 1 }
const choice = 0

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 })
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  word.map((delta) => ({ type: "text" as const, choice, delta })),
  word.map((delta) => ({ type: "refusal" as const, choice, delta })),
  word.map((delta) => ({ type: "reasoning" as const, choice, delta })),
  word.map((signature) => ({ type: "reasoning" as const, choice, delta: "", signature })),
  word.map((redacted) => ({ type: "reasoning" as const, choice, delta: "", redacted })),
  fc.tuple(fc.nat(2), word).map(([index, argumentsDelta]) => ({
    type: "tool-call" as const,
    choice,
    index,
    id: `call_${index}`,
    name: "f",
    argumentsDelta,
  })),
  fc.constant({ type: "image" as const, choice, mime: "image/png", data: "AA==" }),
  fc
    .constantFrom("stop" as const, "length" as const)
    .map((reason) => ({ type: "finish" as const, choice, reason })),
)

const framesIn = (stream: string) =>
  // To an event stream only a line feed ends a line; to `.` and `$` other characters do too.
  [...stream.matchAll(/event: ([^\n]*)\ndata: ([^\n]*)\n\n/g)].map(([, name, data]) => {
    const frame = JSON.parse(data!)
    expect(frame.type).toBe(name)
    return frame
  })

/** What the deltas of an item come to, by the kind of delta. */
const deltasOf = (frames: any[], type: string) => (item_id: string) =>
  frames
    .filter((frame) => frame.type === type && frame.item_id === item_id)
    .map(({ delta }) => delta)
    .join("")

test("a stream comes to the same as a whole answer, however events are mixed", async () => {
  const seed = Date.now() & 0x7fffffff
  console.log(`streams are drawn by the seed ${seed}`)
  const count = async () => ({ input: 1, output: 1 })
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 20 }), async (events) => {
      const batch = { bytes: new Uint8Array(), events, signs: {} }
      const writer = tell(asked, head)
      const frames = framesIn(String(writer.write(batch)) + (await writer.end(count)))
      const document = whole(asked, head)
      document.add(events)
      const response: any = await document.body(await count())

      expect(frames.map(({ sequence_number }) => sequence_number)).toEqual([...frames.keys()])
      expect(frames.at(-1).response).toEqual(JSON.parse(JSON.stringify(response)))
      const done = frames.filter(({ type }) => type === "response.output_item.done")
      const added = frames.filter(({ type }) => type === "response.output_item.added")
      expect(added).toHaveLength(done.length)
      for (const { item, output_index } of done) {
        expect(response.output[output_index]).toEqual(item)
        if (item.type === "function_call")
          expect(deltasOf(frames, "response.function_call_arguments.delta")(item.id)).toBe(
            item.arguments,
          )
        if (item.type === "reasoning")
          expect(deltasOf(frames, "response.reasoning_summary_text.delta")(item.id)).toBe(
            item.summary.map(({ text }: { text: string }) => text).join(""),
          )
      }
      for (const { item_id, text, content_index } of frames.filter(
        ({ type }) => type === "response.output_text.done",
      )) {
        const { output_index } = done.find(({ item }) => item.id === item_id)
        expect(response.output[output_index].content[content_index].text).toBe(text)
      }
    }),
    { seed, numRuns: 200, examples: [[[{ type: "text", choice, delta: "\u2028" }]]] },
  )
})
