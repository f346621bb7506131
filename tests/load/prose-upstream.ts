/** A simulated upstream that writes Markdown as a model would, at a steady pace. */

/** About so many tokens a chunk carries. */
const chunkTokens = 4
const charsPerToken = 4

const passage = `## On light

Light is scattered by the air, and **short waves more than long ones**; see [the derivation](https://example.com).

- a first point with \`code\` in it
- a second one, a little longer than the first, so that it has to be wrapped on a phone

\`\`\`ts
function scattered(wavelength: number): number {
  return 1 / wavelength ** 4 // Rayleigh
}
\`\`\`

| colour | wavelength | scattered |
|---|---|---|
| blue | 450 nm | 5.6 |
| red | 700 nm | 1.0 |

The intensity is $I = I_0 \\frac{1 + \\cos^2\\theta}{2R^2}$, and in the evening the way is longer.

`

/** Models by the number of tokens they answer with. */
export const models = { short: 150, long: 10_000 } as const

export function startProseUpstream(pauseMs: number) {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 255,
    async fetch(request) {
      const { model } = (await request.json()) as { model: keyof typeof models }
      const pause = model === "short" ? 0 : pauseMs
      return new Response(streamOf(frames(models[model], pause)), {
        headers: { "content-type": "text/event-stream" },
      })
    },
  })
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.stop(true) }
}

function streamOf(texts: AsyncGenerator<string>): ReadableStream {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: () => void texts.return(undefined),
  })
}

async function* frames(tokens: number, pauseMs: number) {
  const chars = tokens * charsPerToken
  const text = passage.repeat(Math.ceil(chars / passage.length)).slice(0, chars)
  const size = chunkTokens * charsPerToken
  for (let at = 0; at < text.length; at += size) {
    if (pauseMs > 0) await Bun.sleep(pauseMs)
    yield frame([{ index: 0, delta: { content: text.slice(at, at + size) }, finish_reason: null }])
  }
  yield frame([{ index: 0, delta: {}, finish_reason: "stop" }])
  const usage = { prompt_tokens: 50, completion_tokens: tokens, total_tokens: 50 + tokens }
  yield frame([], usage)
  yield "data: [DONE]\n\n"
}

function frame(choices: object[], usage: object | null = null): string {
  const chunk = { id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1, model: "m" }
  return `data: ${JSON.stringify({ ...chunk, choices, usage })}\n\n`
}
