import type { SeenRequest, Transcript } from "./simulate.ts"

/** One grey pixel, as base64. */
export const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
/** Every byte there is, as a recording: nothing of it may be taken for text. */
export const everyByte = Uint8Array.from({ length: 5_000 }, (_, at) => at % 256)

const json = (body: unknown): Transcript => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

const sse = (events: object[]): Transcript => ({
  headers: { "content-type": "text/event-stream" },
  body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`),
  pauseMs: 5,
})

const answers: Record<string, (seen: SeenRequest) => Transcript> = {
  embeddings,
  "images/generations": picture,
  "images/edits": picture,
  "images/variations": picture,
  "audio/speech": () => ({
    headers: { "content-type": "audio/mpeg" },
    body: everyByte,
    cutBytes: 700,
  }),
  "audio/transcriptions": transcript,
  "audio/translations": transcript,
  moderations: ({ body }) =>
    json({
      id: "modr-scripted",
      model: body.model,
      results: [
        { flagged: true, categories: { violence: true }, category_scores: { violence: 0.9 } },
      ],
    }),
  rerank: () =>
    json({ results: [{ index: 1, relevance_score: 0.9 }], usage: { total_tokens: 20 } }),
}

/** Answers everything OpenAI does but chat, and reranks. */
export function scriptedTasks(seen: SeenRequest): Transcript {
  const end = Object.keys(answers).find((path) => seen.path.split("?")[0]!.endsWith(`/${path}`))
  if (end) return answers[end]!(seen)
  return { status: 404, ...json({ error: { message: `Invalid URL (POST ${seen.path})` } }) }
}

function embeddings({ body: { input, encoding_format, model } }: SeenRequest) {
  const inputs = Array.isArray(input) && typeof input[0] !== "number" ? input : [input]
  const vector = [0.5, -0.25, 1]
  const encoded = Buffer.from(new Float32Array(vector).buffer).toString("base64")
  const embedding = encoding_format === "base64" ? encoded : vector
  return json({
    object: "list",
    data: inputs.map((_, index) => ({ object: "embedding", index, embedding })),
    model,
    usage: { prompt_tokens: 8, total_tokens: 8 },
  })
}

function picture({ body, form }: SeenRequest) {
  const usage = { input_tokens: 10, output_tokens: 100, total_tokens: 110 }
  if (body?.stream)
    return sse([
      { type: "image_generation.partial_image", b64_json: pixel, partial_image_index: 0 },
      { type: "image_generation.completed", b64_json: pixel, usage },
    ])
  const count = Number(body?.n ?? form?.get("n") ?? 1)
  return json({ created: 1, data: Array(count).fill({ b64_json: pixel }), usage })
}

function transcript({ form }: SeenRequest): Transcript {
  if (form?.get("stream") === "true")
    return sse([
      { type: "transcript.text.delta", delta: "Hello" },
      {
        type: "transcript.text.done",
        text: "Hello",
        usage: {
          type: "tokens",
          input_tokens: 14,
          input_token_details: { text_tokens: 0, audio_tokens: 14 },
          output_tokens: 2,
          total_tokens: 16,
        },
      },
    ])
  const format = form?.get("response_format")
  if (format === "srt")
    return {
      headers: { "content-type": "text/plain" },
      body: "1\n00:00:00,000 --> 00:00:01,000\nHello\n",
    }
  return json({ text: "Hello", language: "english", duration: 1.5, segments: [] })
}
