import { expect, test } from "bun:test"
import type { ChatRequest } from "../spec/index.ts"
import { upstreamAt } from "../testing/index.ts"
import { withPictures } from "./inline-pictures.ts"

const url = "https://example.com/cat.png"
const inlined = `data:image/png;base64,${Buffer.from(`picture of ${url}`).toString("base64")}`
const asking = (...urls: string[]): ChatRequest => ({
  model: "m",
  stream: false,
  messages: [
    { role: "user", content: urls.map((url) => ({ type: "image", url, detail: "low" })) },
    { role: "assistant", content: [{ type: "text", text: `See ${url}` }] },
  ],
})
const upstream = upstreamAt("http://unused")
const takesNone = { dialect: "openai" as const, takesAddress: () => false }

test("an address becomes the picture; what is no picture stays", async () => {
  const data = "data:image/gif;base64,R0lG"
  const { messages } = await withPictures(takesNone, asking(url, data, url), upstream)
  expect(messages[0]!.content).toMatchObject([{ url: inlined }, { url: data }, { url: inlined }])
  expect(messages[0]!.content[0]).toHaveProperty("detail", "low")
  expect(messages[1]!.content).toEqual([{ type: "text", text: `See ${url}` }])
})

test("addresses the upstream fetches itself stay", async () => {
  const protocol = { dialect: "gemini" as const, takesAddress: () => true }
  const request = asking(url)
  expect(await withPictures(protocol, request, upstream)).toBe(request)
})

test("a body that goes up as it came has its pictures too, and everything else as it was", async () => {
  const body = {
    model: "m",
    messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
    metadata: { link: url },
    unknown: 0,
  }
  const native = { dialect: "openai" as const, text: JSON.stringify(body), body }
  const asked = await withPictures(takesNone, { ...asking(url), native }, upstream)
  expect(JSON.parse(asked.native!.text)).toEqual({
    ...body,
    messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: inlined } }] }],
  })
  expect(native.text).toContain(url)
})

test("a body without pictures is not even read", async () => {
  const native = { dialect: "openai" as const, text: '{"messages":[]}', body: {} }
  const request = {
    ...asking(),
    native,
    get messages(): never {
      throw new Error("read")
    },
  }
  expect(await withPictures(takesNone, request, upstream)).toBe(request)
})

test("too many addresses are refused", async () => {
  const many = Array.from({ length: 17 }, (_, at) => `${url}?${at}`)
  const error = await withPictures(takesNone, asking(...many), upstream).catch((cause) => cause)
  expect(error).toMatchObject({ kind: "invalid-request", status: 400 })
})
