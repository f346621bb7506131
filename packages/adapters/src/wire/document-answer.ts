import type { Answer, ChatEvent, FinishReason, Upstream, Usage } from "../spec/index.ts"
import { textOf } from "./bytes.ts"
import { failureOf, pageMessage } from "./failure.ts"
import { isRecord, parseJson } from "./json.ts"
import { oneBatch } from "./one-batch.ts"
import type { ChatProtocol } from "./protocol.ts"
import { brokenError, errorOf } from "./upstream-error.ts"

/**
 * An answer in one document, as a single batch.
 *
 * @throws UpstreamError when it is an error in spite of its status, or no document
 */
export function documentAnswer(
  protocol: ChatProtocol,
  bytes: Uint8Array,
  upstream: Upstream,
  headers: Answer["headers"],
): Answer {
  const documents = parseDocuments(textOf(bytes))
  const glance = protocol.createGlance()
  const events = documents.flatMap(protocol.readDocument)
  const failure =
    documents.map((document) => glance(document, "").failure).find(Boolean) ??
    (events.length === 0 ? failureOf(documents[0]) : undefined)
  if (failure) throw errorOf(protocol, failure, upstream)

  const { dialect } = protocol
  return oneBatch({ dialect, headers }, { bytes, events, signs: signsOf(events) })
}

/** A stream asked for without `alt=sse` is a list of documents. */
function parseDocuments(text: string) {
  const document = parseJson(text)
  if (document !== undefined)
    return (Array.isArray(document) ? document : [document]).filter(isRecord)
  if (text.trim() === "") throw brokenError("The upstream answered with nothing.")
  if (text.trimStart().startsWith("<")) throw brokenError(pageMessage)
  throw brokenError("The upstream broke off in the middle of its answer.")
}

function signsOf(events: readonly ChatEvent[]) {
  const signs: { usage?: Usage; finish?: FinishReason } = {}
  for (const event of events) {
    if (event.type === "usage") signs.usage = event.usage
    if (event.type === "finish") signs.finish ??= event.reason
  }
  return signs
}
