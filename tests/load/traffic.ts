/**
 * What goes over the wire in every case. The upstream, the generator and the report must agree on
 * it, and nothing else.
 */
export type Kind = "json" | "stream"

/** Chunks of text in a streamed answer. */
export const textChunks = 64
/** With the finish, the usage and `[DONE]`. */
export const framesPerStream = textChunks + 3

/** The model's name says how the simulated upstream paces a stream: `fast`, or `every-20-ms`. */
export const modelOf = (paceMs: number): string => (paceMs === 0 ? "fast" : `every-${paceMs}-ms`)
export const paceMsOf = (model: string): number => Number(/^every-(\d+)-ms$/.exec(model)?.[1] ?? 0)
export const models = [0, 20, 50].map(modelOf)

export const bearer = "sk-bench-bare-proxy"

const question =
  "Explain in a few sentences why the sky is blue in the day and red in the evening. "

export const requestBody = (kind: Kind, model: string): string =>
  JSON.stringify({
    model,
    messages: [
      { role: "system", content: "You are a helpful assistant." },
      { role: "user", content: question.repeat(3) },
    ],
    temperature: 0.7,
    max_tokens: 256,
    ...(kind === "stream" && { stream: true, stream_options: { include_usage: true } }),
  })

const usage = { prompt_tokens: 61, completion_tokens: textChunks, total_tokens: 61 + textChunks }
const answer = { id: "chatcmpl-bench", created: 1_700_000_000, model: "fast" }

/** The whole answer of about 1 KB. */
export const jsonAnswer: string = JSON.stringify({
  ...answer,
  object: "chat.completion",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "Light is scattered by the air. ".repeat(24) },
      finish_reason: "stop",
    },
  ],
  usage,
})

/** The frames of a streamed answer, in order. */
export const streamFrames: string[] = [
  ...Array.from({ length: textChunks }, (_, index) =>
    frame([{ index: 0, delta: { content: ` word${index}` }, finish_reason: null }], null),
  ),
  frame([{ index: 0, delta: {}, finish_reason: "stop" }], null),
  frame([], usage),
  "data: [DONE]\n\n",
]

function frame(choices: object[], used: object | null): string {
  const chunk = { ...answer, object: "chat.completion.chunk", choices, usage: used }
  return `data: ${JSON.stringify(chunk)}\n\n`
}
