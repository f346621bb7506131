import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import {
  performTask,
  pixel,
  type SimulatedUpstream,
  simulate,
  type Transcript,
} from "./testing/index.ts"

let up: SimulatedUpstream
beforeAll(async () => {
  up = await simulate({})
})
beforeEach(() => {
  up.requests.length = 0
})
afterAll(() => up.close())

const json = (body: unknown): Transcript => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

const vectors = (...embeddings: unknown[]) =>
  embeddings.map((embedding, index) => ({ object: "embedding", index, embedding }))
describe("Cloudflare runs a model by its name", () => {
  const model = "@cf/black-forest-labs/flux-1-schnell"
  const asked = { model: "x", prompt: "a cat", size: "512x512" }

  test.each([
    ["wrapped in JSON", json({ result: { image: pixel }, success: true })],
    ["naked", { headers: { "content-type": "image/png" }, body: Buffer.from(pixel, "base64") }],
  ])("a picture that comes %s", async (_, answer) => {
    const { document, usage, seen } = await performTask(
      up,
      "cloudflare",
      "image-generation",
      model,
      asked,
      answer,
    )
    expect(seen[0]).toMatchObject({
      path: `/run/${model}`,
      body: { prompt: "a cat", width: 512, height: 512 },
    })
    expect(document.data).toEqual([{ b64_json: pixel }])
    expect(usage).toMatchObject({ images: 1 })
  })

  test("what was heard", async () => {
    const form = new FormData()
    form.append("file", new Blob([new Uint8Array([1, 2])]), "a.mp3")
    const info = { duration: 1.5 }
    const answer = json({ result: { text: "Hello", transcription_info: info }, success: true })
    const whisper = "@cf/openai/whisper"
    const { document, usage, seen } = await performTask(
      up,
      "cloudflare",
      "transcription",
      whisper,
      form,
      answer,
    )
    expect(seen[0]).toMatchObject({ path: `/run/${whisper}`, body: { audio: "AQI=" } })
    expect(document).toEqual({ text: "Hello" })
    expect(usage).toEqual({ input: 0, output: 0, mediaMs: 1_500 })
  })
})

describe("Bedrock", () => {
  test("Titan's vectors, a text a request, each signed", async () => {
    const texts = { model: "x", input: ["a", "bb"] }
    const { document, usage, seen } = await performTask(
      up,
      "bedrock",
      "embeddings",
      "amazon.titan-embed-text-v2:0",
      texts,
      ({ body }) => json({ embedding: [body.inputText.length], inputTextTokenCount: 2 }),
      "AKID|secret|eu-west-1",
    )
    expect(seen.map(({ path }) => path)).toEqual(
      Array(2).fill("/model/amazon.titan-embed-text-v2%3A0/invoke"),
    )
    expect(seen[0]!.headers.get("authorization")).toStartWith("AWS4-HMAC-SHA256 Credential=AKID/")
    expect(document.data).toEqual(vectors([1], [2]))
    expect(usage).toEqual({ input: 4, output: 0 })
  })

  test("Nova's pictures", async () => {
    const asked = { model: "x", prompt: "a cat", n: 2, size: "1024x512", quality: "hd" }
    const { document, seen } = await performTask(
      up,
      "bedrock",
      "image-generation",
      "amazon.nova-canvas-v1:0",
      asked,
      json({ images: [pixel, pixel] }),
      "AKID|secret|us-east-1",
    )
    expect(seen[0]!.body).toEqual({
      taskType: "TEXT_IMAGE",
      textToImageParams: { text: "a cat" },
      imageGenerationConfig: { numberOfImages: 2, width: 1_024, height: 512, quality: "premium" },
    })
    expect(document.data).toHaveLength(2)
  })
})

test("Vertex's vectors, a text a request", async () => {
  const { document, usage, seen } = await performTask(
    up,
    "vertex",
    "embeddings",
    "gemini-embedding-001",
    { model: "x", input: ["a", "b"], dimensions: 2 },
    json({ predictions: [{ embeddings: { values: [1, 2], statistics: { token_count: 3 } } }] }),
    "AQ.express",
  )
  expect(seen[0]).toMatchObject({
    path: "/v1/publishers/google/models/gemini-embedding-001:predict",
    body: { instances: [{ content: "a" }], parameters: { outputDimensionality: 2 } },
  })
  expect(document.data).toEqual(vectors([1, 2], [1, 2]))
  expect(usage).toEqual({ input: 6, output: 0 })
})
