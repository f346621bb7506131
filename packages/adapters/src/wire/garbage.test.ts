import { expect, test } from "bun:test"
import fc from "fast-check"
import { anthropic } from "../anthropic/index.ts"
import { gemini } from "../gemini/index.ts"
import { openai } from "../openai/index.ts"
import { type Provider, UpstreamError } from "../spec/index.ts"
import { cutFetch, hello, tell, upstreamAt } from "../testing/index.ts"

const fixtures = {
  openai: "openai/fixtures/tools-n2.sse",
  anthropic: "anthropic/fixtures/thinking-tool.sse",
  gemini: "gemini/fixtures/thinking-tool.sse",
}

/** Without a socket: hundreds of answers are tried. */
const saying = (body: Uint8Array, pieceBytes: number) =>
  cutFetch(pieceBytes, async () => new Response(Buffer.from(body)))

async function survives(provider: Provider, body: Uint8Array, pieceBytes: number, stream = true) {
  const upstream = upstreamAt("http://x", { fetch: saying(body, pieceBytes) })
  const { error, bytes } = await tell(provider, { ...hello, stream }, upstream)
  if (error) expect(error).toBeInstanceOf(UpstreamError)
  return { error, bytes }
}

/** Words the protocols know, with anything in their places. */
const wireWords = [
  ...[
    "choices",
    "delta",
    "message",
    "content",
    "tool_calls",
    "function",
    "index",
    "usage",
    "error",
  ],
  ...["finish_reason", "reasoning_details", "logprobs", "images", "x_groq", "function_call"],
  ...["type", "content_block", "thinking", "stop_reason", "candidates", "parts", "finishReason"],
  ...["functionCall", "usageMetadata", "promptFeedback", "inlineData", "logprobsResult"],
]
const typeWords = ["message_start", "content_block_start", "content_block_delta", "message_delta"]
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.constantFrom(null, true, -1, 1e308, "", "x", ...typeWords),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...wireWords), tie("json"), { maxKeys: 5 }),
  ),
}))

for (const provider of [openai, anthropic, gemini]) {
  const file = Bun.file(`${import.meta.dir}/../${fixtures[provider.dialect as "openai"]}`)

  test(`${provider.id}: a damaged stream is an answer or an UpstreamError, and not a byte of it is made up`, async () => {
    const whole = await file.bytes()
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        damage,
        fc.nat(whole.length),
        fc.integer({ min: 1, max: 400 }),
        async (hits, end, size) => {
          const body = whole.slice(0, end)
          for (const [at, byte] of hits) if (at < end) body[at] = byte
          const { bytes } = await survives(provider, body, size)
          expect(Buffer.from(body).toString()).toStartWith(bytes)
        },
      ),
      { numRuns: 150 },
    )
  })

  test(`${provider.id}: known words with anything in them are an answer or an UpstreamError`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.constantFrom(...wireWords), json), { maxLength: 4 }),
        fc.boolean(),
        async (frames, stream) => {
          const text = stream
            ? frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join("")
            : JSON.stringify(frames[0] ?? null)
          await survives(provider, Buffer.from(text), 1_000, stream)
        },
      ),
      { numRuns: 600 },
    )
  })
}
