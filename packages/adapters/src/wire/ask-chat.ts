import { type Answer, type ChatRequest, type Upstream, UpstreamError } from "../spec/index.ts"
import { firstByte, joinBytes, textOf } from "./bytes.ts"
import { documentAnswer } from "./document-answer.ts"
import { failureOfText, pageMessage } from "./failure.ts"
import type { ChatProtocol, WireRequest } from "./protocol.ts"
import { createSource, readAll, readSome, type Source } from "./source.ts"
import { retryAfterMs } from "./status.ts"
import { streamAnswer } from "./stream-answer.ts"
import { brokenError, errorOf, networkError } from "./upstream-error.ts"
import { createWatch, type Watch } from "./watch.ts"

/** What is read of an error's body. */
const errorBytesMax = 64_000
/** A whole answer may hold several images. */
const documentBytesMax = 64_000_000

/**
 * Asks the upstream and looks at the beginning of its answer: an error that comes with a 200, in
 * whatever shape, is thrown from here as long as nothing came before it.
 *
 * @throws UpstreamError, or the signal's reason when the caller gave up
 */
export async function askChat(
  protocol: ChatProtocol,
  request: ChatRequest,
  upstream: Upstream,
): Promise<Answer> {
  const wireRequest = protocol.buildRequest(request, upstream)
  const watch = createWatch(upstream)
  let source: Source | undefined
  try {
    const response = await post(wireRequest, upstream, watch)
    if (isWholeDocument(response)) {
      const bytes = await readDocumentBytes(response, watch)
      return documentAnswer(protocol, bytes, upstream, worthPassingOn(response.headers))
    }
    source = createSource(response.body, watch)
    if (!response.ok) throw await refusal(protocol, response, source, upstream)
    return await accept(protocol, response, source, upstream)
  } catch (cause) {
    source?.close()
    watch.stop()
    throw cause
  }
}

async function post({ url, headers, body }: WireRequest, upstream: Upstream, watch: Watch) {
  const init: RequestInit & { timeout: false } = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
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
function isWholeDocument({ ok, headers }: Response): boolean {
  const length = Number(headers.get("content-length") ?? Number.NaN)
  return (
    ok &&
    length <= documentBytesMax &&
    /^application\/json\b/i.test(headers.get("content-type") ?? "")
  )
}

async function readDocumentBytes(response: Response, watch: Watch): Promise<Uint8Array> {
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

async function refusal(
  protocol: ChatProtocol,
  response: Response,
  source: Source,
  upstream: Upstream,
) {
  const { status } = response
  const text = textOf(await readSome(source, errorBytesMax))
  upstream.signal.throwIfAborted()
  const asked = retryAfterMs(response.headers, Date.now())
  const failure =
    status < 400
      ? { message: "The upstream points somewhere else, which is not followed.", body: {} }
      : failureOfText(text, status)
  return errorOf(protocol, failure, upstream, {
    status,
    ...(asked !== undefined && { retryAfterMs: asked }),
  })
}

async function accept(
  protocol: ChatProtocol,
  response: Response,
  source: Source,
  upstream: Upstream,
): Promise<Answer> {
  const headers = worthPassingOn(response.headers)
  const shape = await shapeOf(source)
  if (shape === "page") throw brokenError(pageMessage)
  if (shape === "document") {
    const bytes = await readAll(source, documentBytesMax)
    return documentAnswer(protocol, bytes, upstream, headers)
  }
  return primed(streamAnswer(protocol, source, upstream, headers))
}

/** The first character tells; the declared type is wrong too often, or missing. */
async function shapeOf(source: Source) {
  const pieces: Uint8Array[] = []
  for (;;) {
    const bytes = await source.read()
    if (bytes) pieces.push(bytes)
    const beginning = joinBytes(pieces)
    const first = bytes && firstByte(beginning)
    if (bytes && first === undefined) continue
    if (beginning.length > 0) source.unread(beginning)
    if (first === undefined) return "stream"
    if (first === 0x3c) return "page"
    return first === 0x7b || first === 0x5b ? "document" : "stream"
  }
}

/** Reads the first batch now and gives it out later. */
async function primed(answer: Answer): Promise<Answer> {
  let first = await answer.next()
  const { next } = answer
  answer.next = async () => {
    if (!first) return next()
    const batch = first
    first = undefined
    answer.next = next
    return batch
  }
  return answer
}

function worthPassingOn(headers: Headers): Answer["headers"] {
  const type = headers.get("content-type")
  const id = headers.get("x-request-id") ?? headers.get("request-id")
  return { ...(type && { "content-type": type }), ...(id && { "x-upstream-request-id": id }) }
}
