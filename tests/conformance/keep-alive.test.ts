import { afterAll, beforeAll, expect, test } from "bun:test"
import Anthropic from "@anthropic-ai/sdk"
import { GoogleGenAI } from "@google/genai"
import {
  type SimulatedUpstream,
  scriptedAnthropic,
  scriptedGemini,
  scriptedOpenAi,
  simulate,
  type Transcript,
} from "@nio/adapters/testing"
import { anthropicMessages } from "@nio/server/http/relay/anthropic/index"
import { geminiContent } from "@nio/server/http/relay/gemini/index"
import { openaiChat } from "@nio/server/http/relay/openai/index"
import OpenAI from "openai"

/** What breaks a silence is written wherever one frame has ended and the next has not begun. */
let server: SimulatedUpstream
beforeAll(async () => {
  server = await simulate({})
})
afterAll(() => server.close())

const words = ["one ", "two ", "three"]

const silently =
  (scripted: typeof scriptedOpenAi, ping: Uint8Array) =>
  (seen: Parameters<ReturnType<typeof scriptedOpenAi>>[0]): Transcript => {
    const told = scripted({ chunks: words })(seen)
    const frames = told.body as readonly Uint8Array[]
    return { ...told, body: [ping, ...frames.flatMap((frame) => [frame, ping, ping])] }
  }

test("OpenAI's client passes over what keeps its stream alive", async () => {
  server.answerWith(silently(scriptedOpenAi, openaiChat.ping))
  const openai = new OpenAI({ apiKey: "k", baseURL: `${server.url}/v1` })
  const stream = await openai.chat.completions.create({
    model: "m",
    stream: true,
    messages: [{ role: "user", content: "hi" }],
  })
  const pieces = await Array.fromAsync(stream)
  expect(pieces.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(
    "one two three",
  )
})

test("Anthropic's client passes over what keeps its stream alive", async () => {
  server.answerWith(silently(scriptedAnthropic, anthropicMessages.ping))
  const anthropic = new Anthropic({ apiKey: "k", baseURL: server.url })
  const stream = anthropic.messages.stream({
    model: "m",
    max_tokens: 10,
    messages: [{ role: "user", content: "hi" }],
  })
  expect(await stream.finalText()).toBe("one two three")
})

test("Google's client passes over what keeps its stream alive", async () => {
  server.answerWith(silently(scriptedGemini, geminiContent.ping))
  const google = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: server.url } })
  const stream = await google.models.generateContentStream({ model: "m", contents: "hi" })
  const pieces = await Array.fromAsync(stream)
  expect(pieces.map((piece) => piece.text ?? "").join("")).toBe("one two three")
})

test("a list that grows stays JSON with it", () => {
  const ping = Buffer.from(geminiContent.ping).toString()
  expect(JSON.parse(`${ping}[{"a":1}${ping},\r\n{"b":2}${ping}]`)).toEqual([{ a: 1 }, { b: 2 }])
})
