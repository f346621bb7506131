import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { ApiError, FunctionCallingConfigMode, GoogleGenAI, Type } from "@google/genai"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { eachDatabase } from "../support/databases.ts"
import { call, dialects, words } from "../support/dialects.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")
const ask = { model: "m", contents: "hi" }
const tools = [
  {
    functionDeclarations: [
      {
        name: "weather",
        parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } } },
      },
    ],
  },
]

eachDatabase("Google's own client", (open) => {
  let server: TestServer
  const client = (apiKey: string) =>
    new GoogleGenAI({ apiKey, httpOptions: { baseUrl: server.url } })

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m", "poor", "vendor/m"] })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(dialects)) {
    describe(`over an upstream that speaks ${dialect}`, () => {
      let upstream: SimulatedUpstream
      let channelId: string
      let google: GoogleGenAI

      beforeAll(async () => {
        upstream = await simulate(scripted({ chunks: words }))
        channelId = await server.addChannel({ baseUrl: upstream.url, provider, models: ["m"] })
        google = client((await server.addUser(1_000)).key)
      })
      beforeEach(() => upstream.answerWith(scripted({ chunks: words })))
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("text at once, with usage", async () => {
        const answer = await google.models.generateContent(ask)
        expect(answer.text).toBe(text)
        expect(String(answer.candidates?.[0]?.finishReason)).toBe("STOP")
        expect(answer.usageMetadata).toMatchObject({
          promptTokenCount: 7,
          candidatesTokenCount: 4,
          totalTokenCount: 11,
        })
      })

      test("a stream, with the usage at its end", async () => {
        const pieces = await Array.fromAsync(await google.models.generateContentStream(ask))
        expect(pieces.map((piece) => piece.text ?? "").join("")).toBe(text)
        expect(pieces.length).toBeGreaterThan(2)
        expect(pieces.at(-1)?.usageMetadata?.totalTokenCount).toBe(11)
        expect(String(pieces.at(-1)?.candidates?.[0]?.finishReason)).toBe("STOP")
      })

      test.each(["at once", "in pieces"])("tools go there and back, %s", async (how) => {
        upstream.answerWith(scripted({ chunks: ["Let me see."], toolCalls: [call] }))
        const config = {
          tools,
          toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
        }
        const pieces =
          how === "at once"
            ? [await google.models.generateContent({ ...ask, config })]
            : await Array.fromAsync(await google.models.generateContentStream({ ...ask, config }))
        const parts = pieces.flatMap((piece) => piece.candidates?.[0]?.content?.parts ?? [])
        const made = parts.find((part) => part.functionCall)
        expect(made?.functionCall).toMatchObject({ name: "weather", args: { city: "Rome" } })

        upstream.answerWith(scripted({ chunks: words }))
        const response = { name: "weather", response: { error: "no such city" } }
        const answer = await google.models.generateContent({
          model: "m",
          contents: [
            { role: "user", parts: [{ text: "hi" }] },
            { role: "model", parts: [made!] },
            { role: "user", parts: [{ functionResponse: response }] },
          ],
          config: { tools },
        })
        expect(answer.text).toBe(text)
        const seen = upstream.requests.at(-1)!.text
        expect(seen).toContain("no such city")
        expect(seen).toContain("Rome")
      })

      test("thoughts come as thoughts", async () => {
        upstream.answerWith(scripted({ chunks: words, reasoning: ["hm, ", "so"] }))
        const answer = await google.models.generateContent(ask)
        const parts = answer.candidates?.[0]?.content?.parts ?? []
        const thoughts = parts.filter((part) => part.thought).map((part) => part.text)
        expect(thoughts.join("")).toBe("hm, so")
        expect(answer.text).toBe(text)
      })

      test("pictures and documents reach the upstream", async () => {
        const data = "iVBORw0KGgo="
        const pdf = "JVBERi0xLjQK"
        await google.models.generateContent({
          model: "m",
          contents: [
            { text: "what is it" },
            { inlineData: { mimeType: "image/png", data } },
            { inlineData: { mimeType: "application/pdf", data: pdf } },
          ],
        })
        const seen = upstream.requests.at(-1)!.text
        expect(seen).toContain(data)
        expect(seen).toContain(pdf)
      })

      test("an answer in a given shape", async () => {
        upstream.answerWith(scripted({ chunks: ['{"city":', '"Rome"}'] }))
        const answer = await google.models.generateContent({
          ...ask,
          config: {
            responseMimeType: "application/json",
            responseSchema: { type: Type.OBJECT, properties: { city: { type: Type.STRING } } },
          },
        })
        expect(JSON.parse(answer.text ?? "")).toEqual({ city: "Rome" })
        expect(upstream.requests.at(-1)!.text).toMatch(/city\\?"/)
      })

      test("tokens are counted, for nothing", async () => {
        const before = upstream.requests.length
        upstream.answerWith({ body: '{"totalTokens":14}' })
        const { totalTokens } = await google.models.countTokens(ask)
        expect(totalTokens).toBeGreaterThan(0)
        const paths = upstream.requests.slice(before).map(({ path }) => path)
        expect(paths).toEqual(dialect === "gemini" ? ["/v1beta/models/m:countTokens"] : [])
      })

      test("an aborted stream lets the upstream go within a second", async () => {
        upstream.answerWith(scripted({ chunks: Array(200).fill("word "), delayMs: 20 }))
        const abort = new AbortController()
        const stream = await google.models.generateContentStream({
          ...ask,
          config: { abortSignal: abort.signal },
        })
        await stream.next()
        abort.abort()
        await eventually(() => upstream.requests.at(-1)?.cancelled === true)
      })

      test("without events, a stream is a list that grows", async () => {
        const { key } = await server.addUser(10)
        const response = await fetch(
          `${server.url}/v1beta/models/m:streamGenerateContent?key=${key}`,
          {
            method: "POST",
            body: JSON.stringify({ contents: [{ parts: [{ text: "hi" }] }] }),
          },
        )
        expect(response.headers.get("content-type")).toContain("application/json")
        const pieces = (await response.json()) as any[]
        const said = pieces.flatMap((piece) => piece.candidates[0].content?.parts ?? [])
        expect(said.map((part) => part.text).join("")).toBe(text)
        expect(upstream.requests.at(-1)!.path).not.toContain(key)
      })
    })
  }

  describe("errors have the words the client knows", () => {
    const failure = (key: string, model: string) =>
      client(key)
        .models.generateContent({ ...ask, model })
        .catch((error) => error)

    test.each([
      ["a wrong key", "sk-0000000000000000000000000000", "m", 401, "UNAUTHENTICATED"],
      ["an unknown model", undefined, "nope", 404, "NOT_FOUND"],
    ])("%s", async (_, key, model, status, word) => {
      const error = await failure(key ?? (await server.addUser(1)).key, model)
      expect(error).toBeInstanceOf(ApiError)
      expect(error.status).toBe(status)
      expect(error.message).toContain(word)
    })

    test("no points left", async () => {
      const upstream = await simulate(scriptedOpenAi({ chunks: words }))
      await server.addChannel({ baseUrl: upstream.url, models: ["poor"] })
      const error = await failure((await server.addUser(0)).key, "poor")
      expect(error.status).toBe(402)
      expect(error.message).toContain("RESOURCE_EXHAUSTED")
      expect(upstream.requests).toHaveLength(0)
      await upstream.close()
    })
  })

  test("the models are listed, and one can be asked for, blanks and slashes and all", async () => {
    const upstream = await simulate(scriptedOpenAi({ chunks: words }))
    const id = await server.addChannel({ baseUrl: upstream.url, models: ["vendor/m"] })
    const google = client((await server.addUser(1)).key)
    const names = (await Array.fromAsync(await google.models.list())).map(({ name }) => name)
    expect(names).toContain("models/vendor/m")
    expect((await google.models.get({ model: "models/vendor/m" })).displayName).toBe("vendor/m")
    expect(await google.models.get({ model: "nope" }).catch((error) => error.status)).toBe(404)
    await server.removeChannel(id)
    await upstream.close()
  })
})
