import type { Answer, ChatRequest, Upstream } from "../spec/index.ts"
import { firstByte, joinBytes } from "./bytes.ts"
import { documentAnswer } from "./document-answer.ts"
import {
  documentBytesMax,
  isWholeDocument,
  readDocumentBytes,
  refusal,
  send,
  worthPassingOn,
} from "./exchange.ts"
import { pageMessage } from "./failure.ts"
import { withPictures } from "./inline-pictures.ts"
import { withOwnSignatures } from "./maker.ts"
import { primed } from "./primed.ts"
import type { ChatProtocol } from "./protocol.ts"
import { reframed } from "./reframe.ts"
import { createSource, readAll, type Source } from "./source.ts"
import { streamAnswer } from "./stream-answer.ts"
import { brokenError } from "./upstream-error.ts"
import { createWatch } from "./watch.ts"

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
  const own = withOwnSignatures(request, protocol.dialect)
  const asked = protocol.takesAddress ? await withPictures(protocol, own, upstream) : own
  const wireRequest = protocol.buildRequest(asked, upstream)
  const watch = createWatch(upstream)
  let source: Source | undefined
  try {
    const response = await send(wireRequest, upstream, watch)
    if (isWholeDocument(response)) {
      const bytes = await readDocumentBytes(response, watch)
      return documentAnswer(protocol, bytes, upstream, worthPassingOn(response.headers, upstream))
    }
    source = createSource(response.body, watch)
    if (!response.ok) throw await refusal(protocol, response, source, upstream)
    const { framing } = protocol
    if (framing?.type.test(response.headers.get("content-type") ?? ""))
      source = reframed(source, framing)
    return await accept(protocol, response, source, upstream)
  } catch (cause) {
    source?.close()
    watch.stop()
    throw cause
  }
}

async function accept(
  protocol: ChatProtocol,
  response: Response,
  source: Source,
  upstream: Upstream,
): Promise<Answer> {
  const headers = worthPassingOn(response.headers, upstream)
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
