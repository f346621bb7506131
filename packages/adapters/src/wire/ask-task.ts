import type { Answer, Task, TaskRequest, Upstream } from "../spec/index.ts"
import { noBytes, textOf } from "./bytes.ts"
import {
  documentBytesMax,
  isWholeDocument,
  readDocumentBytes,
  refusal,
  send,
  worthPassingOn,
} from "./exchange.ts"
import { failureOf, pageMessage } from "./failure.ts"
import { isRecord, type Json, parseJson } from "./json.ts"
import { type ChatProtocol, keyMarker, wordMarker } from "./protocol.ts"
import { createSource, readAll, type Source } from "./source.ts"
import { streamAnswer } from "./stream-answer.ts"
import { rawTask, wholeTask } from "./task-answer.ts"
import type { TaskProtocol, TaskResult } from "./task-protocol.ts"
import { brokenError, errorOf } from "./upstream-error.ts"
import { createWatch } from "./watch.ts"

/** One kind of work, asked for in one exchange. */
export const taskOf =
  (protocol: TaskProtocol): Task =>
  (request, upstream) =>
    askTask(protocol, request, upstream)

/** @throws UpstreamError, or the signal's reason when the caller gave up */
async function askTask(
  protocol: TaskProtocol,
  request: TaskRequest,
  upstream: Upstream,
): Promise<Answer> {
  const wireRequest = protocol.buildRequest(request, upstream)
  const watch = createWatch(upstream)
  let source: Source | undefined
  try {
    const response = await send(wireRequest, upstream, watch)
    const headers = worthPassingOn(response.headers, upstream)
    const document = (bytes: Uint8Array) => read(protocol, bytes, headers, request, upstream)
    if (isWholeDocument(response)) return document(await readDocumentBytes(response, watch))
    source = createSource(response.body, watch)
    if (!response.ok) throw await refusal(protocol, response, source, upstream)
    const type = headers["content-type"] ?? ""
    if (/json/i.test(type)) return document(await readAll(source, documentBytesMax))
    if (/^text\/html/i.test(type)) throw brokenError(pageMessage)
    const { createGlance, readBytes } = protocol
    if (readBytes)
      return told(readBytes(await readAll(source, documentBytesMax), request), noBytes, headers)
    if (createGlance && /^text\/event-stream/i.test(type))
      return streamAnswer(streamProtocol(protocol, createGlance), source, upstream, headers)
    return rawTask(source, headers)
  } catch (cause) {
    source?.close()
    watch.stop()
    throw cause
  }
}

function read(
  protocol: TaskProtocol,
  bytes: Uint8Array,
  headers: Answer["headers"],
  request: TaskRequest,
  upstream: Upstream,
): Answer {
  const result = protocol.readDocument(documentIn(protocol, bytes, upstream), request)
  return told(result, bytes, headers)
}

/** @param bytes the answer itself, for a result without a body of its own */
function told({ body, usage }: TaskResult, bytes: Uint8Array, headers: Answer["headers"]): Answer {
  if (body === undefined) return wholeTask(bytes, headers, usage)
  const type = isBytes(body) ? body.type : "application/json"
  const made = isBytes(body) ? body.bytes : new TextEncoder().encode(JSON.stringify(body))
  return wholeTask(made, { ...headers, "content-type": type }, usage)
}

const isBytes = (body: object): body is { bytes: Uint8Array; type: string } =>
  "bytes" in body && body.bytes instanceof Uint8Array

/** @throws UpstreamError when it is an error in spite of its status, or no document */
function documentIn(
  { judge, failureIn }: Pick<TaskProtocol, "judge" | "failureIn">,
  bytes: Uint8Array,
  upstream: Upstream,
): Json {
  const document = parseJson(textOf(bytes))
  if (!isRecord(document)) throw brokenError("The upstream sent an answer that cannot be read.")
  const failure = document.error ? failureOf(document) : failureIn?.(document)
  if (failure) throw errorOf({ judge }, failure, upstream)
  return document
}

/** Frames that end, count, or fail. The rest is nobody's to read on the way. */
const markers = [
  keyMarker("usage"),
  wordMarker("error"),
  wordMarker(".done"),
  wordMarker(".completed"),
]

const streamProtocol = (
  { judge }: TaskProtocol,
  createGlance: ChatProtocol["createGlance"],
): ChatProtocol => ({
  dialect: "openai",
  // Asked already; only the answer is read with this.
  buildRequest: () => ({ url: "", headers: {}, body: "" }),
  markers,
  createGlance,
  createReader: () => () => undefined,
  readDocument: () => [],
  judge,
})
