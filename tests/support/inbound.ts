/** What is asked, whatever the format. `said` is the user's only message. */
export type Question = {
  model?: string
  stream?: boolean
  said?: unknown
  /** The longest the answer may be, as the format counts it. */
  limit?: unknown
  /** How many answers, where the format knows several. */
  choices?: number
  [field: string]: unknown
}

/** A format in which programs ask and are answered. */
export type Inbound = {
  id: "openai" | "responses" | "anthropic" | "gemini"
  name: string
  /** An upstream that speaks the same. */
  provider: string
  /** Where a question goes, without the server's address. */
  path(question: Question): string
  auth(key: string): Record<string, string>
  body(question: Question): object
  /** The status that says that nobody can answer now. */
  unavailable: number
  /** The type of an error, as its clients read it. @throws when the shape is another */
  errorType(body: any): string
  /** The text of a whole answer. */
  textOf(body: any): string
  /** An upstream's words in this format, with something unknown in each of them. */
  upstream: {
    whole(text: string): string
    /** Two pieces and an honest end; `start` begins it where the format has a beginning. */
    start: string
    delta(text: string): string
    end: string
    /** 7 tokens in, 2 out, or whatever is given. */
    usage(input?: unknown, output?: unknown): string
    error(message: string, status: number): string
  }
  /** What stands at the end of each stream, and what a broken one ends with. */
  lastWords: string
  brokenWords: RegExp
}

const json = (value: unknown) => JSON.stringify(value)

const openai: Inbound = {
  id: "openai",
  name: "OpenAI's chat completions",
  provider: "openai",
  path: () => "/v1/chat/completions",
  auth: (key) => ({ authorization: `Bearer ${key}` }),
  body: ({ said = "hi", model = "m", limit, choices, ...fields }) => ({
    model,
    messages: Array.isArray(said) ? said : [{ role: "user", content: said }],
    max_tokens: limit,
    n: choices,
    ...fields,
  }),
  unavailable: 503,
  errorType({ error }) {
    for (const field of ["message", "type", "code"]) {
      if (typeof error[field] !== "string") throw new Error(`an error without ${field}`)
    }
    return error.type
  },
  textOf: ({ choices: [{ message }] }) => message.content ?? message.refusal ?? "",
  upstream: {
    whole: (text) =>
      `{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":${json(text)},"odd":1.10},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9},"new":{"b":1,"a":2}}`,
    start: ": note\n\n",
    delta: (text) =>
      `data:{"id":"c1","model":"real","choices":[{"index":0,"delta":{"content":${json(text)}},"finish_reason":null}],"odd":1.0}\n\n`,
    end: `data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`,
    usage: (input = 7, output = 2) =>
      `data: {"id":"c1","choices":[],"usage":{"prompt_tokens":${input},"completion_tokens":${output},"total_tokens":9}}\n\n`,
    error: (message) =>
      json({
        error: { message, type: "invalid_request_error", param: "messages", code: "too_long" },
      }),
  },
  lastWords: "data: [DONE]\n\n",
  brokenWords: /data: \{"error":.*\n\ndata: \[DONE\]\n\n$/,
}

const anthropic: Inbound = {
  id: "anthropic",
  name: "Anthropic's messages",
  provider: "anthropic",
  path: () => "/v1/messages",
  auth: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
  body: ({ said = "hi", model = "m", limit = 100, choices: _, ...fields }) => ({
    model,
    max_tokens: limit,
    messages: Array.isArray(said) ? said : [{ role: "user", content: said }],
    ...fields,
  }),
  unavailable: 529,
  errorType({ type, error, request_id }) {
    if (type !== "error" || typeof error.message !== "string" || typeof request_id !== "string")
      throw new Error("not an error of Anthropic's")
    return error.type
  },
  textOf: (body) => body.content.map((block: { text?: string }) => block.text ?? "").join(""),
  upstream: {
    whole: (text) =>
      `{"id":"x","type":"message","role":"assistant","model":"real","content":[{"type":"text","text":${json(text)},"odd":1.10}],"stop_reason":"end_turn","usage":{"input_tokens":7,"output_tokens":2},"new":{"b":1,"a":2}}`,
    start: `: note\n\nevent: message_start\ndata: {"type":"message_start","message":{"id":"x","type":"message","role":"assistant","model":"real","content":[],"odd":1.0,"usage":{"input_tokens":7,"output_tokens":1}}}\n\nevent: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n`,
    delta: (text) =>
      `event: content_block_delta\ndata:{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":${json(text)}},"odd":1.0}\n\n`,
    end: `event: message_stop\ndata: {"type":"message_stop"}\n\n`,
    usage: (input = 7, output = 2) =>
      `event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":${input},"output_tokens":${output}}}\n\n`,
    error: (message) => json({ type: "error", error: { type: "invalid_request_error", message } }),
  },
  lastWords: `event: message_stop\ndata: {"type":"message_stop"}\n\n`,
  brokenWords: /event: error\ndata: \{"type":"error",.*\n\n$/,
}

const gemini: Inbound = {
  id: "gemini",
  name: "Google's generateContent",
  provider: "gemini",
  path: ({ model = "m", stream }) =>
    `/v1beta/models/${encodeURIComponent(String(model))}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
  auth: (key) => ({ "x-goog-api-key": key }),
  body: ({ said = "hi", model: _, stream: __, limit, choices, ...fields }) => ({
    contents: Array.isArray(said) ? said : [{ role: "user", parts: [{ text: said }] }],
    generationConfig: { maxOutputTokens: limit, candidateCount: choices },
    ...fields,
  }),
  unavailable: 503,
  errorType({ error }) {
    if (typeof error.message !== "string" || typeof error.code !== "number")
      throw new Error("not an error of Google's")
    return error.status
  },
  textOf: (body) =>
    body.candidates[0].content.parts
      .map(({ text = "", thought }: { text?: string; thought?: boolean }) => (thought ? "" : text))
      .join(""),
  upstream: {
    whole: (text) =>
      `{"candidates":[{"content":{"parts":[{"text":${json(text)},"odd":1.10}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":2,"totalTokenCount":9},"modelVersion":"real","new":{"b":1,"a":2}}`,
    start: ": note\r\n\r\n",
    delta: (text) =>
      `data:{"candidates":[{"content":{"parts":[{"text":${json(text)}}],"role":"model"},"index":0}],"modelVersion":"real","odd":1.0}\r\n\r\n`,
    end: "",
    usage: (input = 7, output = 2) =>
      `data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":${input},"candidatesTokenCount":${output},"totalTokenCount":9}}\r\n\r\n`,
    error: (message, code) => json({ error: { code, message, status: "INVALID_ARGUMENT" } }),
  },
  lastWords: "",
  brokenWords: /data: \{"error":\{"code":502,.*\r\n\r\n$/,
}

const event = (type: string, fields: string) =>
  `event: ${type}\ndata: {"type":"${type}",${fields}}\n\n`
const response = (status: string, rest: string) =>
  `"sequence_number":0,"response":{"id":"resp_x","object":"response","status":"${status}","model":"real"${rest},"odd":1.0}`
const textPart = (text: string) =>
  `{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":${json(text)},"annotations":[],"odd":1.10}]}`

const responses: Inbound = {
  id: "responses",
  name: "OpenAI's responses",
  provider: "openai",
  path: () => "/v1/responses",
  auth: openai.auth,
  body: ({ said = "hi", model = "m", limit, choices: _, stream_options: __, ...fields }) => ({
    model,
    input: Array.isArray(said) ? said : [{ role: "user", content: said }],
    max_output_tokens: limit,
    ...fields,
  }),
  unavailable: 503,
  errorType: openai.errorType,
  textOf: (body) =>
    body.output
      .flatMap(({ content = [] }: { content?: { text: string }[] }) => content)
      .map(({ text }: { text: string }) => text)
      .join(""),
  upstream: {
    whole: (text) =>
      `{"id":"resp_x","object":"response","status":"completed","model":"real","output":[${textPart(text)}],"usage":{"input_tokens":7,"output_tokens":2,"total_tokens":9},"new":{"b":1,"a":2}}`,
    start:
      event("response.created", response("in_progress", `,"output":[]`)) +
      event(
        "response.output_item.added",
        `"sequence_number":1,"output_index":0,"item":{"type":"message","id":"msg_1","role":"assistant","status":"in_progress","content":[]}`,
      ),
    delta: (text) =>
      event(
        "response.output_text.delta",
        `"sequence_number":2,"item_id":"msg_1","output_index":0,"content_index":0,"delta":${json(text)},"odd":1.0`,
      ),
    end: "",
    usage: (input = 7, output = 2) =>
      event(
        "response.completed",
        response(
          "completed",
          `,"output":[],"usage":{"input_tokens":${input},"output_tokens":${output},"total_tokens":9}`,
        ),
      ),
    error: openai.upstream.error,
  },
  lastWords: "",
  brokenWords: /event: error\ndata: \{"type":"error",.*\n\n$/,
}

/** Every format callers may speak. */
export const inbounds: readonly Inbound[] = [openai, responses, anthropic, gemini]
