import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { createOpenAI } from "@ai-sdk/openai"
import {
  everyByte,
  pixel,
  type SimulatedUpstream,
  scriptedTasks,
  simulate,
} from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { embedMany, generateImage, generateSpeech, transcribe } from "ai"
import OpenAI, { toFile } from "openai"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const picture = Buffer.from(pixel, "base64")

eachDatabase("work other than chat, by the SDKs people already have", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let openai: OpenAI
  let ai: ReturnType<typeof createOpenAI>
  let userId: string
  const points = 1_000

  const models = [
    "embed",
    "gpt-image-1",
    "tts-1",
    "whisper-1",
    "omni-moderation-latest",
    "rerank",
    "dall-e-2",
  ]

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedTasks)
    await server.addChannel({ baseUrl: upstream.url, models, mapping: ["vectors>embed"] })
    await server.setPrice({ models: [...models, "vectors"] })
  })
  beforeEach(async () => {
    upstream.requests.length = 0
    const user = await server.addUser(points)
    userId = user.actor.userId
    const baseURL = `${server.url}/v1`
    openai = new OpenAI({ apiKey: user.key, baseURL, maxRetries: 0 })
    ai = createOpenAI({ apiKey: user.key, baseURL })
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  /** Two thousand micropoints a token, in and out; the bill is settled while the answer travels. */
  async function paid(tokens: number) {
    const balance = () => billing.balanceOf(server.deps.db, userId)
    await eventually(async () => (await balance()).held === 0)
    expect(toMicropoints(points) - (await balance()).available).toBe(tokens * 2_000)
  }

  describe("embeddings", () => {
    test.each([
      ["a text", "hello", 1],
      ["texts", ["hello", "world"], 2],
      ["tokens", [1, 2, 3], 1],
      ["lists of tokens", [[1, 2], [3]], 2],
    ])("of %s, which the SDK asks for as base64", async (_, input, vectors) => {
      const { data, usage } = await openai.embeddings.create({ model: "embed", input })
      expect(data).toHaveLength(vectors)
      expect([...data[0]!.embedding]).toEqual([0.5, -0.25, 1])
      expect(usage.total_tokens).toBe(8)
      expect(upstream.requests[0]!.body).toMatchObject({ input, encoding_format: "base64" })
      await paid(8)
    })

    test("as numbers, under the name the caller knows", async () => {
      const answer = await openai.embeddings.create({
        model: "vectors",
        input: "hi",
        encoding_format: "float",
      })
      expect(answer.data[0]!.embedding).toEqual([0.5, -0.25, 1])
      expect(answer.model).toBe("vectors")
      expect(upstream.requests[0]!.body.model).toBe("embed")
    })

    test("by the AI SDK", async () => {
      const { embeddings } = await embedMany({
        model: ai.textEmbeddingModel("embed"),
        values: ["a", "b"],
      })
      expect(embeddings).toEqual([
        [0.5, -0.25, 1],
        [0.5, -0.25, 1],
      ])
    })
  })

  describe("pictures", () => {
    test("are made, counted and charged by their tokens", async () => {
      const { data } = await openai.images.generate({ model: "gpt-image-1", prompt: "a cat", n: 2 })
      expect(data?.map(({ b64_json }) => b64_json)).toEqual([pixel, pixel])
      await paid(110)
    })

    test("come in pieces", async () => {
      const stream = await openai.images.generate({
        model: "gpt-image-1",
        prompt: "a cat",
        stream: true,
      })
      const types = []
      for await (const event of stream) types.push(event.type)
      expect(types).toEqual(["image_generation.partial_image", "image_generation.completed"])
      await paid(110)
    })

    test("are edited: every part arrives as it was sent", async () => {
      await openai.images.edit({
        model: "gpt-image-1",
        prompt: "greener",
        image: [
          await toFile(picture, "a.png", { type: "image/png" }),
          await toFile(picture, "ü.png", { type: "image/png" }),
        ],
        mask: await toFile(picture, "mask.png", { type: "image/png" }),
      })
      const form = upstream.requests[0]!.form!
      const sent = form.getAll("image[]") as File[]
      expect(sent.map(({ name, type }) => [name, type])).toEqual([
        ["a.png", "image/png"],
        ["ü.png", "image/png"],
      ])
      expect(Buffer.from(await sent[1]!.arrayBuffer()).equals(picture)).toBe(true)
      expect(form.getAll("model")).toEqual(["gpt-image-1"])
      expect(form.get("prompt")).toBe("greener")
      expect(form.has("mask")).toBe(true)
    })

    test("are varied", async () => {
      const { data } = await openai.images.createVariation({
        image: await toFile(picture, "a.png"),
        model: "dall-e-2",
      })
      expect(data?.[0]?.b64_json).toBe(pixel)
    })

    test("by the AI SDK", async () => {
      const { image } = await generateImage({
        model: ai.imageModel("gpt-image-1"),
        prompt: "a cat",
      })
      expect(image.base64).toBe(pixel)
      expect(upstream.requests[0]!.body).not.toHaveProperty("response_format")
    })
  })

  describe("audio", () => {
    test("is spoken, byte for byte", async () => {
      const response = await openai.audio.speech.create({
        model: "tts-1",
        voice: "alloy",
        input: "hello",
      })
      expect(response.headers.get("content-type")).toBe("audio/mpeg")
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(everyByte)
    })

    test("is heard, with fields that are there several times", async () => {
      const answer = await openai.audio.transcriptions.create({
        model: "whisper-1",
        file: await toFile(everyByte, "a.mp3", { type: "audio/mpeg" }),
        response_format: "verbose_json",
        timestamp_granularities: ["word", "segment"],
      })
      expect(answer.text).toBe("Hello")
      const form = upstream.requests[0]!.form!
      expect(form.getAll("timestamp_granularities[]")).toEqual(["word", "segment"])
      expect(new Uint8Array(await (form.get("file") as File).arrayBuffer())).toEqual(everyByte)
    })

    test("is heard piece by piece", async () => {
      const stream = await openai.audio.transcriptions.create({
        model: "whisper-1",
        file: await toFile(everyByte, "a.mp3"),
        stream: true,
      })
      const events = await Array.fromAsync(stream)
      expect(events.map(({ type }) => type)).toEqual([
        "transcript.text.delta",
        "transcript.text.done",
      ])
      await paid(16)
    })

    test("becomes subtitles, and English", async () => {
      const file = await toFile(everyByte, "a.mp3")
      const srt: unknown = await openai.audio.transcriptions.create({
        model: "whisper-1",
        file,
        response_format: "srt",
      })
      expect(srt).toContain("00:00:00,000 --> 00:00:01,000")
      expect((await openai.audio.translations.create({ model: "whisper-1", file })).text).toBe(
        "Hello",
      )
    })

    test("by the AI SDK", async () => {
      const { audio: spoken } = await generateSpeech({ model: ai.speech("tts-1"), text: "hello" })
      expect(spoken.uint8Array).toEqual(everyByte)
      const { text } = await transcribe({ model: ai.transcription("whisper-1"), audio: everyByte })
      expect(text).toBe("Hello")
    })
  })

  test("moderation needs no model's name", async () => {
    const { results } = await openai.moderations.create({ input: "…" })
    expect(results[0]!.flagged).toBe(true)
    expect(upstream.requests[0]!.body.model).toBe("omni-moderation-latest")
  })

  test("documents are ranked", async () => {
    const body = { model: "rerank", query: "q", documents: ["a", "b"] }
    const answer = (await openai.post("/rerank", { body })) as { results: unknown[] }
    expect(answer.results).toEqual([{ index: 1, relevance_score: 0.9 }])
    await paid(20)
  })

  describe("errors have the types the SDK knows", () => {
    const input = { model: "embed", input: "a" }

    test("a wrong key, an unknown model, an impossible wish", async () => {
      const stranger = new OpenAI({ apiKey: "sk-0", baseURL: `${server.url}/v1`, maxRetries: 0 })
      const failure = (work: Promise<unknown>): Promise<any> => work.catch((cause) => cause)
      expect(await failure(stranger.embeddings.create(input))).toBeInstanceOf(
        OpenAI.AuthenticationError,
      )
      const unknown = await failure(openai.embeddings.create({ ...input, model: "nope" }))
      expect(unknown).toBeInstanceOf(OpenAI.NotFoundError)
      expect(unknown.code).toBe("model_not_found")
      const impossible = openai.images.generate({ model: "dall-e-2", prompt: "a", n: 1_000 })
      expect(await failure(impossible)).toBeInstanceOf(OpenAI.BadRequestError)
    })

    test("a caller's own mistake keeps the upstream's words", async () => {
      const error = { message: "Too long", type: "invalid_request_error", code: "string_too_long" }
      upstream.answerWith({
        status: 400,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ error }),
      })
      const failure = await openai.embeddings.create(input).catch((cause) => cause)
      expect(failure).toBeInstanceOf(OpenAI.BadRequestError)
      expect(failure).toMatchObject({ code: "string_too_long", status: 400 })
      upstream.answerWith(scriptedTasks)
    })

    test("a stream that breaks off is an error, and what came before it came", async () => {
      const partial = { type: "image_generation.partial_image", b64_json: pixel }
      upstream.answerWith({
        headers: { "content-type": "text/event-stream" },
        body: [`data: ${JSON.stringify(partial)}\n\n`],
      })
      const asked = { model: "gpt-image-1", prompt: "a", stream: true as const }
      const stream = await openai.images.generate(asked)
      const seen: string[] = []
      const read = async () => {
        for await (const { type } of stream) seen.push(type)
      }
      expect(await read().catch((cause) => cause)).toBeInstanceOf(OpenAI.APIError)
      expect(seen).toEqual(["image_generation.partial_image"])
      upstream.answerWith(scriptedTasks)
    })

    test("who gives up ends the work upstream", async () => {
      upstream.answerWith((seen) => ({ ...scriptedTasks(seen), firstByteMs: 5_000 }))
      const gone = new AbortController()
      const work = openai.embeddings.create(input, { signal: gone.signal })
      await eventually(() => upstream.requests.length === 1)
      gone.abort()
      expect(await work.catch((cause) => cause)).toBeInstanceOf(OpenAI.APIUserAbortError)
      const { db } = server.deps
      await eventually(async () => (await billing.balanceOf(db, userId)).held === 0)
      await paid(0)
      upstream.answerWith(scriptedTasks)
    })
  })
})
