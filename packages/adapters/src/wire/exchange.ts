import { type Answer, type Upstream, UpstreamError } from "../spec/index.ts"
import { textOf } from "./bytes.ts"
import { conceal } from "./conceal.ts"
import { failureOfText } from "./failure.ts"
import type { ChatProtocol, WireRequest } from "./protocol.ts"
import { readSome, type Source } from "./source.ts"
import { retryAfterMs } from "./status.ts"
import { errorOf, networkError } from "./upstream-error.ts"
import type { Watch } from "./watch.ts"

/** What is read of an error's body. */
const errorBytesMax = 64_000
/** A whole answer may hold several images. */
export const documentBytesMax = 64_000_000

/**
 * Sends one request: a GET when it has no body. The channel's own headers go over ours.
 *
 * @throws UpstreamError `network` or `timeout`, or the signal's reason when the caller gave up
 */
export async function send(
  { url, headers, body }: Pick<WireRequest, "url" | "headers"> & Partial<WireRequest>,
  upstream: Upstream,
  watch: Watch,
): Promise<Response> {
  const init: RequestInit & { timeout: false } = {
    method: body === undefined ? "GET" : "POST",
    headers: {
      // A form is given its boundary, and with it its type, by whoever writes it out.
      ...(typeof body === "string" && { "content-type": "application/json" }),
      ...headers,
      ...upstream.headers,
    },
    ...(body !== undefined && { body }),
    signal: watch.signal,
    // A redirect would carry the key to wherever the upstream points.
    redirect: "manual",
    // Bun's own limit of five minutes; ours are the upstream's timeouts.
    timeout: false,
  }
  try {
    return await upstream.fetch(url, init)
  } catch (cause) {
    if (watch.blame()) throw watch.blame()
    throw cause instanceof UpstreamError ? cause : networkError(cause)
  }
}

/** A good answer of a known and bearable size: read in one go, which costs half of a stream. */
export function isWholeDocument({ ok, headers }: Response): boolean {
  const length = Number(headers.get("content-length") ?? Number.NaN)
  return (
    ok &&
    // What is compressed may be of any size.
    !headers.has("content-encoding") &&
    length <= documentBytesMax &&
    /^application\/json\b/i.test(headers.get("content-type") ?? "")
  )
}

export async function readDocumentBytes(response: Response, watch: Watch): Promise<Uint8Array> {
  watch.heard()
  watch.wait()
  try {
    return await response.bytes()
  } catch (cause) {
    throw watch.blame() ?? networkError(cause, "The connection to the upstream broke")
  } finally {
    watch.done()
  }
}

/** Why the upstream refused, in its own words. @throws the signal's reason when the caller gave up */
export async function refusal(
  { judge }: Pick<ChatProtocol, "judge">,
  response: Response,
  source: Source,
  upstream: Upstream,
): Promise<UpstreamError> {
  const { status } = response
  const text = textOf(await readSome(source, errorBytesMax))
  upstream.signal.throwIfAborted()
  const asked = retryAfterMs(response.headers, Date.now())
  const failure =
    status < 400
      ? { message: "The upstream points somewhere else, which is not followed.", body: {} }
      : failureOfText(text, status)
  return errorOf({ judge }, failure, upstream, {
    status,
    ...(asked !== undefined && { retryAfterMs: asked }),
  })
}

/** A type, and the upstream's name for the request as long as it tells nothing else. */
export function worthPassingOn(headers: Headers, upstream: Upstream): Answer["headers"] {
  const type = headers.get("content-type")
  const id = headers.get("x-request-id") ?? headers.get("request-id")
  const isName = id !== null && /^[\w.:-]{1,128}$/.test(id) && conceal(id, upstream) === id
  return {
    ...(type && mediaType.test(type) && { "content-type": type }),
    ...(isName && { "x-upstream-request-id": id }),
  }
}

const mediaType = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)?$/
