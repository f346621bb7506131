import { type SeenRequest, scriptedOpenAi, type Transcript } from "@nio/adapters/testing"

const words = ["one ", "two ", "three"]
export const well = scriptedOpenAi({ chunks: words })

const json = { "content-type": "application/json" }
const sse = { "content-type": "text/event-stream" }

export const frame = (content: string) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`

/** A refusal in OpenAI's words. */
export const refusal = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
): Transcript => ({
  status,
  headers: { ...json, ...headers },
  body: JSON.stringify({ error: { message: `no: ${code}`, type: code, code } }),
})

export const page = (status: number, headers = { "content-type": "text/html" }): Transcript => ({
  status,
  headers,
  body: "<!doctype html><html><head><title>Bad gateway</title></head><body>cloud</body></html>",
})

export const document = (body: string, more: Partial<Transcript> = {}): Transcript => ({
  headers: json,
  body,
  ...more,
})

export const stream = (
  body: string | readonly string[],
  more: Partial<Transcript> = {},
): Transcript => ({ headers: sse, body, ...more })

/** The n-th, from 0, is answered as `pick` says. */
export function inTurn(pick: (nth: number, seen: SeenRequest) => Transcript) {
  let nth = 0
  return (seen: SeenRequest) => pick(nth++, seen)
}

/** Refuses some keys. */
export const byKey =
  (refused: (key: string) => Transcript | undefined) =>
  (seen: SeenRequest): Transcript =>
    refused(seen.headers.get("authorization")?.replace("Bearer ", "") ?? "") ?? well(seen)
