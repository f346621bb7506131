import { expect, test } from "bun:test"
import { createAwsMessageReader, encodeAwsMessage } from "./aws-event-stream.ts"

const delta =
  "0000009400000057b4ab9aee0b3a6576656e742d74797065070011636f6e74656e74426c6f636b44656c74610d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578223a302c2264656c7461223a7b2274657874223a224869227d7d1f944657"
const exception =
  "00000090000000618e91a9b70f3a657863657074696f6e2d747970650700137468726f74746c696e67457863657074696f6e0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d74797065070009657863657074696f6e7b226d657373616765223a22546f6f206d616e79207265717565737473227de67f8005"
const both = Buffer.from(delta + exception, "hex")
const messages = [
  {
    headers: {
      ":event-type": "contentBlockDelta",
      ":content-type": "application/json",
      ":message-type": "event",
    },
    payload: '{"contentBlockIndex":0,"delta":{"text":"Hi"}}',
  },
  {
    headers: {
      ":exception-type": "throttlingException",
      ":content-type": "application/json",
      ":message-type": "exception",
    },
    payload: '{"message":"Too many requests"}',
  },
]

test("messages are the same wherever the stream is cut", () => {
  for (let at = 0; at <= both.length; at += 1) {
    const read = createAwsMessageReader()
    expect([...read(both.subarray(0, at)), ...read(both.subarray(at))]).toEqual(messages)
  }
  const read = createAwsMessageReader()
  expect([...both].flatMap((byte) => read(Uint8Array.of(byte)))).toEqual(messages)
})

test("what is written is what AWS writes", () => {
  expect(Buffer.concat(messages.map(encodeAwsMessage)).toString("hex")).toBe(delta + exception)
})

test("a byte that changed on the way is noticed, wherever it is", () => {
  for (let at = 0; at < both.length; at += 1) {
    const damaged = Buffer.from(both)
    damaged[at]! ^= 0x10
    expect(() => createAwsMessageReader()(damaged)).toThrow("damaged")
  }
})
