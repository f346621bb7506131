import { faults } from "./faults.ts"
import type { Mock, Refusal, RefusalKind } from "./mock.ts"
import type { SeenRequest, Transcript } from "./simulate.ts"

/** What can go wrong with any upstream, beside what it refuses by itself. */
export const mishaps = [
  /** A refusal with the status of a success. */
  "error-in-200",
  /** Half an answer, then a refusal. */
  "error-in-stream",
  /** Half an answer that ends within a frame, then an honest close. */
  "half",
  /** Half an answer, then a reset connection. */
  "reset",
  /** Half an answer, then nothing more. */
  "silence",
  /** Headers, and then nothing at all. */
  "mute",
  "empty",
  "html",
  "html-502",
  "redirect",
] as const
type Mishap = (typeof mishaps)[number]

export type Fault = Mishap | RefusalKind

/** What becomes of an answer when something goes wrong with it. */
export function misbehave(
  fault: Fault,
  answer: Transcript,
  mock: Mock,
  seen: SeenRequest,
): Transcript {
  switch (fault) {
    case "error-in-200":
      return { ...mock.refuse(overloaded, seen), status: 200 }
    case "error-in-stream": {
      const failure = mock.breakOff?.(overloaded) ?? asEvent(mock.refuse(overloaded, seen))
      return { ...answer, body: [...half(answer), failure] }
    }
    case "half":
      return { ...answer, body: [...half(answer), "\n{"] }
    case "reset":
      return { ...answer, body: half(answer), end: "reset" }
    case "silence":
      return { ...answer, body: half(answer), end: "hang" }
    case "mute":
      return { ...answer, body: "", end: "hang" }
    case "empty":
      return { ...answer, body: "" }
    case "html":
      return faults.html
    case "html-502":
      return faults.html502
    case "redirect":
      return faults.redirect
    default:
      return mock.refuse({ kind: fault, message: words[fault] }, seen)
  }
}

/** As upstreams put it: some are understood by their sentence alone. */
const words: Record<RefusalKind, string> = {
  invalid: "Invalid value for a parameter",
  unauthorized: "Incorrect API key provided",
  quota: "You exceeded your current quota, please check your plan and billing details",
  "content-filter": "Your input was flagged by our content filtering policy",
  "model-missing": "The model does not exist or you do not have access to it",
  "rate-limited": "Rate limit reached for requests",
  overloaded: "The server is overloaded",
}

const overloaded: Refusal = { kind: "overloaded", message: words.overloaded }

const asEvent = ({ body }: Transcript) => `data: ${body}\n\n`

/** The first half of the pieces; of an answer in one piece, the first half of its bytes. */
function half({ body = "" }: Transcript) {
  if (typeof body === "string") return [body.slice(0, Math.ceil(body.length / 2))]
  if (body instanceof Uint8Array) return [body.subarray(0, Math.ceil(body.length / 2))]
  return body.slice(0, Math.ceil(body.length / 2))
}
