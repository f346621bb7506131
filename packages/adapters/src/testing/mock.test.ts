import { describe, expect, test } from "bun:test"
import { type Mock, mocks, startMock } from "./index.ts"

const post = (url: string, headers: Record<string, string>, body: unknown) =>
  fetch(url, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  })

const hi = [{ role: "user", content: "hi" }]
const calls = { role: "assistant", content: null, tool_calls: [{ id: "a", type: "function" }] }
const result = { role: "tool", tool_call_id: "a", content: "1" }
const openai = { authorization: "Bearer sk-mock" }
const anthropic = { "x-api-key": "sk-ant-mock", "anthropic-version": "2023-06-01" }
const use = { role: "assistant", content: [{ type: "tool_use", id: "a", name: "f", input: {} }] }
const used = { role: "user", content: [{ type: "tool_result", tool_use_id: "a" }] }

/** provider, path, headers, body, status, words */
type Case = [string, string, Record<string, string>, unknown, number, string?]
const chat = "/v1/chat/completions"
const messages = "/v1/messages"
const generate = "/v1beta/models/m:generateContent"
const google = { "x-goog-api-key": "AIzaMock" }

const cases: Case[] = [
  ["openai", chat, openai, { model: "m", messages: hi }, 200],
  ["openai", chat, {}, { model: "m", messages: hi }, 401, "invalid_api_key"],
  ["openai", chat, openai, "{", 400, "parse the JSON"],
  ["openai", chat, openai, { messages: hi }, 400, "model parameter"],
  ["openai", chat, openai, { model: "missing-model", messages: hi }, 404, "model_not_found"],
  ["openai", chat, openai, { model: "m" }, 400, "'messages'"],
  ["openai", chat, openai, { model: "m", messages: [] }, 400, "empty array"],
  [
    "openai",
    chat,
    openai,
    { model: "m", messages: [{ role: "x", content: "" }] },
    400,
    "Supported values",
  ],
  ["openai", chat, openai, { model: "m", messages: [...hi, result] }, 400, "must be a response"],
  ["openai", chat, openai, { model: "m", messages: [...hi, calls] }, 400, "must be followed"],
  [
    "openai",
    chat,
    openai,
    { model: "m", messages: [...hi, calls, ...hi] },
    400,
    "must be followed",
  ],
  ["openai", chat, openai, { model: "m", messages: [...hi, calls, result] }, 200],
  ["openai", chat, openai, { model: "m", messages: hi, temperature: 3 }, 400, "'temperature'"],
  ["openai", chat, openai, { model: "m", messages: hi, stream_options: {} }, 400, "stream_options"],
  [
    "openai",
    chat,
    openai,
    { model: "m", messages: hi, stop: ["1", "2", "3", "4", "5"] },
    400,
    "'stop'",
  ],
  ["openai", "/v1/x", openai, { model: "m", messages: hi }, 404, "Invalid URL"],
  [
    "mistral",
    chat,
    { authorization: "Bearer mistral-mock" },
    { model: "m", messages: hi, user: "u" },
    422,
    "user",
  ],
  [
    "mistral",
    chat,
    { authorization: "Bearer mistral-mock" },
    { model: "m", messages: [...hi, calls, result] },
    422,
    "length of 9",
  ],
  ["anthropic", messages, anthropic, { model: "m", max_tokens: 1, messages: hi }, 200],
  [
    "anthropic",
    messages,
    { "x-api-key": "sk-ant-mock" },
    { model: "m", max_tokens: 1, messages: hi },
    400,
    "anthropic-version",
  ],
  ["anthropic", messages, anthropic, { model: "m", messages: hi }, 400, "max_tokens"],
  [
    "anthropic",
    messages,
    anthropic,
    { model: "m", max_tokens: 1, messages: hi, temperature: 2 },
    400,
    "temperature",
  ],
  [
    "anthropic",
    messages,
    anthropic,
    { model: "m", max_tokens: 1, messages: [...hi, use] },
    400,
    "tool_use",
  ],
  [
    "anthropic",
    messages,
    anthropic,
    { model: "m", max_tokens: 1, messages: [...hi, used] },
    400,
    "tool_result",
  ],
  [
    "anthropic",
    messages,
    anthropic,
    { model: "m", max_tokens: 1, messages: [...hi, use, used] },
    200,
  ],
  ["gemini", generate, google, { contents: [{ role: "user", parts: [{ text: "hi" }] }] }, 200],
  ["gemini", generate, {}, { contents: [] }, 400, "API_KEY_INVALID"],
  ["gemini", generate, google, { contents: [] }, 400, "contents"],
  [
    "gemini",
    generate,
    google,
    { contents: [{ role: "assistant", parts: [{ text: "hi" }] }] },
    400,
    "valid role",
  ],
]

describe("a mock refuses what the real one refuses", () => {
  test.each(cases)(
    "%s at %s with %j: %j is a %i %p",
    async (id, path, headers, body, status, words = "") => {
      const mock = (await mocks[id]?.()) as Mock
      await using up = await startMock(mock)
      const response = await post(up.url + path, headers, body)
      expect(response.status).toBe(status)
      expect(await response.text()).toContain(words)
    },
  )
})

test("what is over the limit is refused, and how much is left is told", async () => {
  const mock = (await mocks.openai?.()) as Mock
  await using up = await startMock(mock, { requestsMax: 2 })
  const ask = () => post(up.url + chat, openai, { model: "m", messages: hi })
  const [one, two, three] = [await ask(), await ask(), await ask()]
  const left = [one, two, three].map(({ headers }) => headers.get("x-ratelimit-remaining-requests"))
  expect(left).toEqual(["1", "0", "0"])
  expect([one.status, two.status, three.status]).toEqual([200, 200, 429])
  expect(three.headers.get("retry-after")).toBe("7")
})

test("a seed decides what is said, time after time", async () => {
  const mock = (await mocks.openai?.()) as Mock
  const say = async (seed: number) => {
    await using up = await startMock(mock, { seed })
    const texts: string[] = []
    for (let time = 0; time < 3; time += 1) {
      const response = await post(up.url + chat, openai, { model: "m", messages: hi })
      texts.push((await response.json()).choices[0].message.content)
    }
    return texts
  }
  const [first, again, other] = [await say(7), await say(7), await say(8)]
  expect(first).toEqual(again)
  expect(first).not.toEqual(other)
  expect(new Set(first).size).toBe(3)
})

test("the answer begins and goes on as slowly as it is told to", async () => {
  const mock = (await mocks.openai?.()) as Mock
  const script = { chunks: ["a", "b", "c", "d"] }
  await using up = await startMock(mock, { script, firstByteMs: 60, chunksMs: 20 })
  const began = performance.now()
  const response = await post(up.url + chat, openai, { model: "m", messages: hi, stream: true })
  const begunMs = performance.now() - began
  await response.text()
  expect(begunMs).toBeGreaterThan(55)
  expect(performance.now() - began - begunMs).toBeGreaterThan(30)
})
