/** Whose wire format a body or a stream is written in. */
export type Dialect = "openai" | "anthropic" | "gemini" | "responses" | "completions"

/** Asks the upstream to keep everything up to here, in Anthropic's words: `{ type: "ephemeral", ttl? }`. */
export type CacheMark = Readonly<Record<string, unknown>>
type Markable = { cache?: CacheMark }

export type TextPart = Markable & { type: "text"; text: string }
/** `url` is an https address or a `data:<mime>;base64,` URL. */
export type ImagePart = Markable & { type: "image"; url: string; detail?: string }
/** `data` is base64 without a prefix. */
export type AudioPart = { type: "audio"; data: string; format: string }
/** One of `data` (a data URL) and `fileId` is set. */
export type FilePart = Markable & {
  type: "file"
  filename?: string
  data?: string
  fileId?: string
}
export type Part = TextPart | ImagePart | AudioPart | FilePart

/** `arguments` is the JSON text as the model wrote it; never empty, `{}` when there are none. */
export type ToolCall = Markable & {
  id: string
  name: string
  arguments: string
  signature?: string
}

/** Thinking an assistant turn carried. `signature` and `redacted` only mean something to their maker. */
export type Reasoning = { text: string; signature?: string; redacted?: string }

export type ChatMessage =
  | { role: "system"; content: Part[] }
  | { role: "user"; content: Part[]; name?: string }
  | { role: "assistant"; content: Part[]; reasoning?: Reasoning[]; toolCalls?: ToolCall[] }
  | (Markable & {
      role: "tool"
      callId: string
      name?: string
      content: Part[]
      isError?: boolean
    })

export type Tool = Markable & {
  name: string
  description?: string
  /** JSON Schema, passed on as it came. */
  parameters?: unknown
  strict?: boolean
}
export type ToolChoice = "auto" | "none" | "required" | { name: string }

export type ResponseFormat =
  | { type: "text" }
  | { type: "json" }
  | { type: "json-schema"; name: string; schema: unknown; strict?: boolean }

export type ReasoningEffort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max"

/** What somebody asks a model, in nobody's dialect. `undefined` and `0` differ everywhere. */
export type ChatRequest = {
  /** The upstream's own name of the model: mapping has already happened. */
  model: string
  /** The name the caller knows it by, where that is another one. */
  alias?: string
  messages: ChatMessage[]
  /** Whether the caller wants the answer in pieces. */
  stream: boolean
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  stop?: string[]
  presencePenalty?: number
  frequencyPenalty?: number
  seed?: number
  /** How many alternative answers; 1 when left out. */
  choices?: number
  logprobs?: boolean
  topLogprobs?: number
  tools?: Tool[]
  toolChoice?: ToolChoice
  parallelToolCalls?: boolean
  responseFormat?: ResponseFormat
  reasoningEffort?: ReasoningEffort
  user?: string
  /** The caller's own body. A provider of the same dialect sends it on with only what must change spliced in. */
  native?: Native
}

export type Native = {
  dialect: Dialect
  /** The JSON text as received. */
  text: string
  /** The same, parsed. Read, never written. */
  body: Readonly<Record<string, unknown>>
  /** Headers of the caller that mean something to an upstream of this dialect: `anthropic-beta`. Lower-case names. */
  headers?: Readonly<Record<string, string>>
  /** `text` without what one channel keeps of the conversation, for an attempt with that one. */
  kept?: { channelId: string; text: string }
}

export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other"

/**
 * Token counts as the upstream reports them, brought to one way of counting: `input` includes
 * cached, cache-written and audio tokens, `output` includes reasoning and audio tokens.
 */
export type Usage = {
  input: number
  output: number
  cachedInput?: number
  cacheWriteInput?: number
  reasoning?: number
  audioInput?: number
  audioOutput?: number
  /** Pictures made. */
  images?: number
  /** How long what was made or heard lasts, in milliseconds. */
  mediaMs?: number
}

export type TokenLogprob = {
  token: string
  logprob: number
  bytes?: number[] | null
  top?: { token: string; logprob: number; bytes?: number[] | null }[]
}

/** A piece of an answer. `choice` counts alternative answers from 0. */
export type ChatEvent =
  /** `progress`: tells how far the work is and is not part of what was asked for, so it costs nothing. */
  | {
      type: "text"
      choice: number
      delta: string
      logprobs?: TokenLogprob[]
      progress?: true
    }
  | { type: "reasoning"; choice: number; delta: string; signature?: string; redacted?: string }
  | { type: "refusal"; choice: number; delta: string }
  /** `index` counts the calls of a choice from 0. `id` and `name` come once, with the first piece. */
  | {
      type: "tool-call"
      choice: number
      index: number
      id?: string
      name?: string
      argumentsDelta: string
      signature?: string
    }
  | { type: "image"; choice: number; mime: string; data: string }
  | { type: "finish"; choice: number; reason: FinishReason }
  /** May come several times; each one replaces what came before. */
  | { type: "usage"; usage: Usage }
