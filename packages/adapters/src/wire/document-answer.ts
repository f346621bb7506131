import type { Answer, Batch, ChatEvent, FinishReason, Upstream, Usage } from "../spec/index.ts"
import { textOf } from "./bytes.ts"
import { pageMessage } from "./failure.ts"
import { isRecord, parseJson } from "./json.ts"
import type { ChatProtocol } from "./protocol.ts"
import { brokenError, errorOf, failureIn } from "./upstream-error.ts"

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
  const document = parseDocument(textOf(bytes))
  const failure = failureIn(document)
  if (failure) throw errorOf(protocol, failure, upstream)

  const events = documents(document).flatMap(protocol.readDocument)
  if (events.length === 0) throw brokenError("The upstream sent a message that cannot be read.")
  let batch: Batch | undefined = { bytes, events, signs: signsOf(events) }
  return {
    dialect: protocol.dialect,
    stream: false,
    headers,
    async next() {
      const only = batch
      batch = undefined
      return only
    },
    close() {
      batch = undefined
    },
  }
}

function parseDocument(text: string) {
  const document = parseJson(text)
  if (document !== undefined) return document
  if (text.trim() === "") throw brokenError("The upstream answered with nothing.")
  if (text.trimStart().startsWith("<")) throw brokenError(pageMessage)
  throw brokenError("The upstream broke off in the middle of its answer.")
}

/** A stream asked for without `alt=sse` is a list of documents. */
const documents = (document: unknown) =>
  (Array.isArray(document) ? document : [document]).filter(isRecord)

function signsOf(events: readonly ChatEvent[]) {
  const signs: { usage?: Usage; finish?: FinishReason } = {}
  for (const event of events) {
    if (event.type === "usage") signs.usage = event.usage
    if (event.type === "finish") signs.finish ??= event.reason
  }
  return signs
}
