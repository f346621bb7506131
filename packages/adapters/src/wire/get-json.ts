import type { Upstream } from "../spec/index.ts"
import { textOf } from "./bytes.ts"
import { refusal, send } from "./exchange.ts"
import { count, parseJson, record } from "./json.ts"
import type { ChatProtocol, WireRequest } from "./protocol.ts"
import { createSource, readAll, type Source } from "./source.ts"
import { brokenError } from "./upstream-error.ts"
import { createWatch } from "./watch.ts"

/** A list of some thousand models. */
const listBytesMax = 8_000_000

/**
 * Asks for a document that is no answer: a list, a count.
 *
 * @throws UpstreamError, or the signal's reason when the caller gave up
 */
export async function getJson(
  protocol: Pick<ChatProtocol, "judge">,
  request: Omit<WireRequest, "body"> & Partial<Pick<WireRequest, "body">>,
  upstream: Upstream,
): Promise<unknown> {
  const watch = createWatch(upstream)
  let source: Source | undefined
  try {
    const response = await send(request, upstream, watch)
    source = createSource(response.body, watch)
    if (!response.ok) throw await refusal(protocol, response, source, upstream)
    const document = parseJson(textOf(await readAll(source, listBytesMax)))
    if (document === undefined)
      throw brokenError("The upstream sent a document that cannot be read.")
    return document
  } finally {
    source?.close()
    watch.stop()
  }
}

/** @throws UpstreamError when there is no such number */
export function countIn(document: unknown, field: string): number {
  const found = count(record(document)[field])
  if (found === undefined) throw brokenError("The upstream's count cannot be read.")
  return found
}
