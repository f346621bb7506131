import { expect, test } from "bun:test"
import { AnswerReader } from "./answer-reader.ts"

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
const answer = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk("data: a\n\nda")}${chunk("ta: b\n\n")}0\r\n\r\n`

test.each([1, 3, 7, 1_000])("counts every frame once, cut at %i bytes", (size) => {
  const reader = new AnswerReader()
  const ends: boolean[] = []
  for (let at = 0; at < answer.length; at += size)
    ends.push(reader.push(Buffer.from(answer.slice(at, at + size))))
  expect(reader).toMatchObject({ status: 200, frames: 2, begun: true })
  expect(ends.filter(Boolean)).toEqual([true])
  expect(ends.at(-1)).toBe(true)
})

test("knows the end of a body by its length, and begins afresh after it", () => {
  const reader = new AnswerReader()
  expect(reader.push(Buffer.from("HTTP/1.1 402 No\r\nContent-Length: 4\r\n\r\nab"))).toBe(false)
  expect(reader.push(Buffer.from("cd"))).toBe(true)
  expect(reader.status).toBe(402)
  expect(reader.push(Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))).toBe(true)
  expect(reader.status).toBe(200)
})
