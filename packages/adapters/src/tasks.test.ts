import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { providers } from "./index.ts"
import {
  performTask,
  pixel,
  type SeenRequest,
  type SimulatedUpstream,
  simulate,
  type Transcript,
  upstreamAt,
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
const texts = { model: "x", input: ["a", "b"], dimensions: 2, encoding_format: "base64" }

describe("vectors", () => {
  test("of Gemini, all in one request", async () => {
    const { document, usage, seen } = await performTask(
      up,
      "gemini",
      "embeddings",
      "gemini-embedding-001",
      texts,
      json({
        embeddings: [{ values: [1, 2] }, { values: [3, 4] }],
        usageMetadata: { promptTokenCount: 5 },
      }),
    )
    expect(seen[0]!.path).toBe("/v1beta/models/gemini-embedding-001:batchEmbedContents")
    expect(seen[0]!.body.requests[1]).toEqual({
      model: "models/gemini-embedding-001",
      content: { parts: [{ text: "b" }] },
      outputDimensionality: 2,
    })
    expect(document.data).toEqual(vectors([1, 2], [3, 4]))
    expect(usage).toEqual({ input: 5, output: 0 })
  })

  test("of Cohere", async () => {
    const { document, usage, seen } = await performTask(
      up,
      "cohere",
      "embeddings",
      "embed-v4.0",
      texts,
      json({ embeddings: { float: [[1], [2]] }, meta: { billed_units: { input_tokens: 7 } } }),
    )
    expect(seen[0]).toMatchObject({
      path: "/v2/embed",
      body: { texts: ["a", "b"], input_type: "search_document", output_dimension: 2 },
    })
    expect(document.data).toEqual(vectors([1], [2]))
    expect(usage).toEqual({ input: 7, output: 0 })
  })

  test("of Ollama, which may be asked without a key", async () => {
    const { document, usage, seen } = await performTask(
      up,
      "ollama",
      "embeddings",
      "all-minilm",
      { model: "x", input: "a" },
      json({ embeddings: [[1]], prompt_eval_count: 3 }),
    )
    expect(seen[0]).toMatchObject({ path: "/api/embed", body: { input: ["a"] } })
    expect(document.data).toEqual(vectors([1]))
    expect(usage).toEqual({ input: 3, output: 0 })
  })

  test.each([
    ["mistral", { output_dimension: 2, input: ["a", "b"], model: "m" }],
    ["voyage", { output_dimension: 2, input: ["a", "b"], model: "m", encoding_format: "base64" }],
    ["jina", { dimensions: 2, input: ["a", "b"], model: "m" }],
  ])("of %s, in its own words for the fields", async (id, body) => {
    const answer = { data: vectors([1], [2]), usage: { total_tokens: 9 } }
    const { document, usage, seen } = await performTask(
      up,
      id,
      "embeddings",
      "m",
      texts,
      json(answer),
    )
    expect(seen[0]).toMatchObject({ path: "/v1/embeddings" })
    expect(seen[0]!.body).toEqual(body)
    expect(document).toEqual(answer)
    expect(usage).toEqual({ input: 9, output: 0 })
  })

  test.each(["gemini", "cohere", "ollama"])("%s does not know OpenAI's tokens", async (id) => {
    const asked = { model: "x", input: [1, 2, 3] }
    const error = await performTask(up, id, "embeddings", "m", asked, json({})).catch(
      (cause) => cause,
    )
    expect(error).toMatchObject({ kind: "invalid-request", param: "input" })
    expect(up.requests).toHaveLength(0)
  })
})

describe("ranking", () => {
  const asked = { model: "x", query: "q", documents: ["a", "b"], top_n: 1 }
  const results = [{ index: 1, relevance_score: 0.9 }]

  test.each([
    ["cohere", "/v2/rerank"],
    ["jina", "/v1/rerank"],
    ["siliconflow", "/v1/rerank"],
  ])("of %s is in the common shape", async (id, path) => {
    const { document, seen } = await performTask(up, id, "rerank", "r", asked, json({ results }))
    expect(seen[0]).toMatchObject({ path, body: { ...asked, model: "r" } })
    expect(document.results).toEqual(results)
  })

  test("of Voyage and DashScope is brought to it", async () => {
    const voyage = json({ data: results, usage: { total_tokens: 4 } })
    const one = await performTask(up, "voyage", "rerank", "r", asked, voyage)
    expect(one.seen.pop()!.body).toEqual({
      model: "r",
      query: "q",
      documents: ["a", "b"],
      top_k: 1,
    })
    const dashscope = json({ output: { results }, usage: { total_tokens: 4 } })
    const other = await performTask(up, "dashscope", "rerank", "r", asked, dashscope)
    expect(other.seen.pop()).toMatchObject({
      path: "/api/v1/services/rerank/text-rerank/text-rerank",
      body: { input: { query: "q" }, parameters: { top_n: 1 } },
    })
    for (const { document, usage } of [one, other]) {
      expect(document.results).toEqual(results)
      expect(usage).toEqual({ input: 4, output: 0 })
    }
  })
})

describe("pictures", () => {
  const asked = { model: "x", prompt: "a cat", n: 2, size: "1536x1024" }

  test("of Imagen", async () => {
    const { document, usage, seen } = await performTask(
      up,
      "gemini",
      "image-generation",
      "imagen-4.0",
      asked,
      json({ predictions: [{ bytesBase64Encoded: pixel }, { raiFilteredReason: "no" }] }),
    )
    expect(seen[0]).toMatchObject({
      path: "/v1beta/models/imagen-4.0:predict",
      body: {
        instances: [{ prompt: "a cat" }],
        parameters: { sampleCount: 2, aspectRatio: "4:3" },
      },
    })
    expect(document.data).toEqual([{ b64_json: pixel }])
    expect(usage).toMatchObject({ images: 1 })
  })

  test("that Imagen holds back are a refusal", async () => {
    const answer = json({ predictions: [{ raiFilteredReason: "Unable to show" }] })
    const work = performTask(up, "gemini", "image-generation", "imagen-4.0", asked, answer)
    expect(await work.catch((cause) => cause)).toMatchObject({
      kind: "content-filter",
      message: "Unable to show",
    })
  })

  test("of DashScope are looked after until they are done", async () => {
    const states = ["PENDING", "SUCCEEDED"]
    const { document, usage, seen } = await performTask(
      up,
      "dashscope",
      "image-generation",
      "wanx-v1",
      asked,
      ({ method }) =>
        method === "POST"
          ? json({ output: { task_id: "t1", task_status: "PENDING" } })
          : json({
              output: { task_status: states.shift(), results: [{ url: "https://x/1.png" }] },
            }),
    )
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /api/v1/services/aigc/text2image/image-synthesis",
      "GET /api/v1/tasks/t1",
      "GET /api/v1/tasks/t1",
    ])
    expect(seen[0]!.headers.get("x-dashscope-async")).toBe("enable")
    expect(seen[0]!.body.parameters).toEqual({ size: "1536*1024", n: 2 })
    expect(document.data).toEqual([{ url: "https://x/1.png" }])
    expect(usage).toMatchObject({ images: 1 })
  })

  test("that DashScope gives up on are a refusal in its words", async () => {
    const failed = { task_status: "FAILED", code: "DataInspectionFailed", message: "no" }
    const answer = ({ method }: SeenRequest) =>
      json({ output: method === "POST" ? { task_id: "t1" } : failed })
    const work = performTask(up, "dashscope", "image-generation", "wanx-v1", asked, answer)
    expect(await work.catch((cause) => cause)).toMatchObject({ kind: "content-filter" })
  })

  test("of SiliconFlow and LocalAI are asked for in their words", async () => {
    const answer = json({ data: [{ url: "https://x/1.png" }] })
    await performTask(up, "siliconflow", "image-generation", "k", asked, answer)
    expect(up.requests.pop()!.body).toEqual({
      model: "k",
      prompt: "a cat",
      image_size: "1536x1024",
      batch_size: 2,
    })
    await performTask(up, "localai", "image-generation", "sd", asked, answer)
    expect(up.requests.pop()!.body).toMatchObject({ response_format: "b64_json" })
  })

  test("that xAI edits go up as JSON", async () => {
    const form = new FormData()
    form.append("model", "x")
    form.append("prompt", "greener")
    form.append("image", new Blob([Buffer.from(pixel, "base64")], { type: "image/png" }), "a.png")
    const answer = json({ data: [{ url: "https://x/1.png" }] })
    const { seen } = await performTask(up, "xai", "image-edit", "grok-imagine-image", form, answer)
    expect(seen[0]!.body).toEqual({
      model: "grok-imagine-image",
      prompt: "greener",
      images: [{ type: "image_url", url: `data:image/png;base64,${pixel}` }],
    })
  })

  test("that Gemini edits are part of a question", async () => {
    const form = new FormData()
    form.append("prompt", "greener")
    form.append("image[]", new Blob([Buffer.from(pixel, "base64")], { type: "image/png" }), "a.png")
    const drawn = { inlineData: { mimeType: "image/png", data: pixel } }
    const { document, seen } = await performTask(
      up,
      "gemini",
      "image-edit",
      "gemini-3-image",
      form,
      json({ candidates: [{ content: { parts: [drawn] }, finishReason: "STOP" }] }),
    )
    expect(seen[0]!.body).toMatchObject({
      contents: [{ parts: [drawn, { text: "greener" }] }],
      generationConfig: { responseModalities: ["TEXT", "IMAGE"] },
    })
    expect(document.data).toEqual([{ b64_json: pixel }])
  })
})

describe("Azure's addresses", () => {
  test.each([
    ["", "embeddings", "/openai/deployments/mine/embeddings?api-version=2024-10-21"],
    ["/openai/v1", "image-generation", "/openai/v1/images/generations"],
    ["", "speech", "/openai/deployments/mine/audio/speech?api-version=2024-10-21"],
  ] as const)("%p: %s", async (base, kind, path) => {
    up.answerWith(json({ data: [] }))
    const fields = { model: "x", input: "a", prompt: "a" }
    const body = { type: "json" as const, text: JSON.stringify(fields), fields }
    const task = providers.get("azure")!.tasks![kind]!
    await task({ kind, model: "mine", body }, upstreamAt(up.url + base))
    expect(up.requests[0]!.path).toBe(path)
    expect(up.requests[0]!.headers.get("api-key")).toBe("sk-test-secret")
  })
})

test("MiniMax's speech is unwrapped", async () => {
  const { bytes, type, usage, seen } = await performTask(
    up,
    "minimax",
    "speech",
    "speech-02-hd",
    { model: "x", input: "hello", voice: "alloy" },
    json({
      data: { audio: "00ff10" },
      extra_info: { audio_length: 1_234 },
      base_resp: { status_code: 0 },
    }),
  )
  expect(seen[0]).toMatchObject({ path: "/v1/t2a_v2", body: { text: "hello" } })
  expect(type).toBe("audio/mpeg")
  expect([...bytes]).toEqual([0, 255, 16])
  expect(usage).toEqual({ input: 0, output: 0, mediaMs: 1_234 })
})
