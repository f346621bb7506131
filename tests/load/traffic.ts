/**
 * What goes over the wire in every case. The upstream, the generator and the report must agree on
 * it, and nothing else.
 */
export type Kind = "json" | "stream"

/** Chunks of text in a streamed answer. */
export const textChunks = 64
/** With the finish, the usage and `[DONE]`. */
export const framesPerStream = textChunks + 3

/** The end of a model's name says how the simulated upstream paces a stream: `fast`, or `every-20-ms`. */
export const modelOf = (paceMs: number): string => (paceMs === 0 ? "fast" : `every-${paceMs}-ms`)
export const paceMsOf = (model: string): number => Number(/every-(\d+)-ms$/.exec(model)?.[1] ?? 0)

/** Models that are special to somebody on the way. */
export const special = {
  /** Reached by way of a channel that speaks Anthropic's words. */
  translated: "claude",
  /** Answered from memory. */
  remembered: "remembered",
  /** Its first channel fails every second time, so that nobody loses patience with it. */
  hedged: "hedged",
  /** Never come to an end: as fast as can be, and at a pace. */
  endless: "endless",
  endlessPaced: "endless-every-50-ms",
} as const
export const models = [0, 20, 50].map(modelOf)

/** In whose words is asked, and where. */
export type Words = "chat" | "messages"
export const pathOf: Record<Words, string> = {
  chat: "/v1/chat/completions",
  messages: "/v1/messages",
}
/** In front of the path of the upstream that fails every second time. */
export const failingFolder = "/failing"

export const bearer = "sk-bench-bare-proxy"

const question =
  "Explain in a few sentences why the sky is blue in the day and red in the evening. "

const system = "You are a helpful assistant."
const user = { role: "user", content: question.repeat(3) }

export function requestBody(kind: Kind, model: string, words: Words): string {
  const settings = { model, temperature: 0.7, max_tokens: 256 }
  const stream = kind === "stream" && { stream: true }
  const usage = kind === "stream" && { stream_options: { include_usage: true } }
  const body =
    words === "messages"
      ? { ...settings, system, messages: [user], ...stream }
      : { ...settings, messages: [{ role: "system", content: system }, user], ...stream, ...usage }
  return JSON.stringify(body)
}

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

/** The frames of a streamed answer in Anthropic's words, in order. */
export const anthropicFrames: string[] = [
  event("message_start", { message: { ...anthropicMessage(), usage: { input_tokens: 61 } } }),
  event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
  ...Array.from({ length: textChunks }, (_, index) =>
    event("content_block_delta", {
      index: 0,
      delta: { type: "text_delta", text: ` word${index}` },
    }),
  ),
  event("content_block_stop", { index: 0 }),
  event("message_delta", {
    delta: { stop_reason: "end_turn", stop_sequence: null },
    usage: { output_tokens: textChunks },
  }),
  event("message_stop", {}),
]

function anthropicMessage() {
  const message = { id: "msg_bench", type: "message", role: "assistant", model: "claude" }
  return { ...message, content: [], stop_reason: null, stop_sequence: null }
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
}

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
