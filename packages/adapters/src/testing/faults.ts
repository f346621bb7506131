import type { Transcript } from "./simulate.ts"

const sse = { "content-type": "text/event-stream" }
const json = { "content-type": "application/json" }
const openaiFrame = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"half"},"finish_reason":null}]}\n\n`

/** The ways upstreams misbehave. Each one is a transcript for {@link simulate}. */
export const faults = {
  /** A proxy's page in place of an answer. */
  html: {
    headers: { "content-type": "text/html" },
    body: "<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>",
  },
  html502: {
    status: 502,
    headers: { "content-type": "text/html" },
    body: "<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>",
  },
  okWithError: {
    headers: json,
    body: `{"error":{"message":"The server is overloaded","type":"server_error","code":"overloaded"}}`,
  },
  okWithErrorFrame: {
    headers: sse,
    body: `data: {"error":{"message":"The server is overloaded","type":"server_error","code":"overloaded"}}\n\n`,
  },
  /** One whole frame, then half of one, then a clean close. */
  halfFrame: { headers: sse, body: `${openaiFrame}${openaiFrame.slice(0, 60)}` },
  /** One whole frame, then the connection is reset. */
  reset: { headers: sse, body: openaiFrame, end: "reset" },
  /** Accepts, says one thing, then nothing more. */
  silence: { headers: sse, body: openaiFrame, end: "hang" },
  /** Headers, and then nothing at all. */
  mute: { headers: sse, body: ": wait\n\n", end: "hang" },
  empty: { headers: sse, body: "" },
  redirect: { status: 302, headers: { location: "http://127.0.0.1:1/private" } },
  rateLimited: {
    status: 429,
    headers: { ...json, "retry-after": "7" },
    body: `{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}`,
  },
  unauthorized: {
    status: 401,
    headers: json,
    body: `{"error":{"message":"Incorrect API key provided: sk-wrong.","type":"invalid_request_error","code":"invalid_api_key"}}`,
  },
  overloaded: {
    status: 503,
    headers: json,
    body: `{"error":{"message":"The engine is currently overloaded","type":"server_error","code":null}}`,
  },
} satisfies Record<string, Transcript>

/** The same answer, later. */
export const slowly = (transcript: Transcript, firstByteMs: number): Transcript => ({
  ...transcript,
  firstByteMs,
})
