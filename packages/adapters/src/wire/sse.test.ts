import { expect, test } from "bun:test"
import fc from "fast-check"
import { createFrameCutter } from "./frame-cutter.ts"
import { framesOf, lastBorder, nextBorder } from "./sse.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

test.each(["\n", "\r\n", "\r"])("frames end at a blank line (%j)", (eol) => {
  const text = [": hello", "event: a", "id: 7", "data: ä", "data: 2", "", "data:3", "", ""].join(
    eol,
  )
  expect(framesOf(text)).toEqual([
    { event: "a", data: "ä\n2" },
    { event: "", data: "3" },
  ])
  expect(nextBorder(bytes(text), 0)).toBe(bytes(text.slice(0, text.indexOf("data:3"))).length)
})

test("a byte order mark is no part of the first line", () => {
  expect(framesOf("\uFEFFdata: 1\n\n")).toEqual([{ event: "", data: "1" }])
})

test.each([
  ["data: 1\n\ndata: 2", 9],
  ["data: 1\n\n", 9],
  ["data: 1\r\n\r\n", 11],
  ["data: 1\r\n\r", 0],
  ["data: 1\r\rdata", 9],
  ["data: 1\r\r", 0],
  ["data: 1\n", 0],
  ["\n\n", 2],
  ["", 0],
])("the last border of %j is at %i", (text, border) => {
  expect(lastBorder(bytes(text))).toBe(border)
})

const streams = fc.array(
  fc.constantFrom("data: ä", "x", "\n", "\n\n", "\r\n\r\n", "\r\n", ": 💬"),
  {
    maxLength: 40,
  },
)

test("however a stream is cut, the pieces are the stream and each ends at a border", () => {
  fc.assert(
    fc.property(streams, fc.integer({ min: 1, max: 9 }), (parts, size) => {
      const stream = bytes(parts.join(""))
      const cutter = createFrameCutter()
      const pieces: Uint8Array[] = []
      for (let at = 0; at < stream.length; at += size) {
        const frames = cutter.take(stream.subarray(at, at + size))
        if (!frames) continue
        expect(lastBorder(frames)).toBe(frames.length)
        pieces.push(frames)
      }
      expect(Buffer.concat([...pieces, cutter.rest()]).equals(stream)).toBe(true)
      if (size === 1) expect(lastBorder(cutter.rest())).toBe(0)
    }),
    { numRuns: 500 },
  )
})

test("a frame without an end is given up at 16 MB, and not slowly", () => {
  const cutter = createFrameCutter()
  const piece = new Uint8Array(64_000).fill(120)
  const startedAt = performance.now()
  expect(() => {
    for (let sent = 0; sent < 300; sent += 1) cutter.take(piece)
  }).toThrow("too large")
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})
