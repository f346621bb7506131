import {
  type Answer,
  type ChatRequest,
  type Provider,
  pictureByChat,
  pictureChat,
  type Task,
  type TaskKind,
  type TaskRequest,
  type Upstream,
  type UpstreamError,
  type Usage,
} from "@nio/adapters"
import { createMeter, type Meter } from "./meter.ts"
import { createTaskMeter } from "./task-meter.ts"

/** What an upstream can be asked for: an answer in a chat, or some other work. */
export type Work = ChatRequest | TaskRequest

export const isTask = (request: Work): request is TaskRequest => "kind" in request

/** Whether the provider does such work at all. Everybody chats. */
export const does = (provider: Provider | undefined, request: Work): boolean =>
  !isTask(request) || (provider !== undefined && taskOf(provider, request.kind) !== undefined)

/** Who makes no pictures may draw in a chat. */
function taskOf(provider: Provider, kind: TaskKind): Task | undefined {
  const drawn = kind === "image-generation" || kind === "image-edit"
  return provider.tasks?.[kind] ?? (drawn ? pictureByChat(provider) : undefined)
}

/**
 * Asks the provider, under its own name of the model.
 * @throws UpstreamError, or the signal's reason when the caller gave up
 */
export function perform(
  provider: Provider,
  request: Work,
  model: string,
  upstream: Upstream,
): Promise<Answer> {
  if (isTask(request)) return taskOf(provider, request.kind)!({ ...request, model }, upstream)
  const chat = pictureChat(provider, model) ?? provider.chat
  return chat(withModel(request, model), upstream)
}

/** Not a copy: a request may hold parts that are only worked out when somebody reads them. */
function withModel(request: ChatRequest, model: string): ChatRequest {
  if (request.model === model) return request
  return Object.create(request, {
    model: { value: model, enumerable: true },
    alias: { value: request.model, enumerable: true },
  })
}

/** Work that is paid for by whoever asks twice, even when nothing was heard of the first time. */
const sideEffects: ReadonlySet<TaskKind> = new Set([
  "image-generation",
  "image-edit",
  "image-variation",
  "speech",
  "transcription",
  "translation",
])

/**
 * Whether another attempt may follow. Pictures and audio cost an upstream so much that only an
 * explicit refusal, or a connection that never came about, leaves somebody else to be asked.
 */
export function mayRepeat(
  request: Work,
  { unsent, kind, status }: UpstreamError,
  asked: { provider: Provider | undefined; model: string },
): boolean {
  if (unsent || !hasSideEffects(request, asked)) return true
  const refused = kind === "auth" || kind === "quota" || kind === "model-missing"
  return refused || kind === "rate-limit" || status === 503
}

function hasSideEffects(
  request: Work,
  { provider, model }: { provider: Provider | undefined; model: string },
): boolean {
  if (isTask(request)) return sideEffects.has(request.kind)
  return provider !== undefined && pictureChat(provider, model) !== undefined
}

export const meterOf = (request: Work): Meter =>
  isTask(request) ? createTaskMeter() : createMeter()

/** Everything that was said, as JSON: to be measured, not understood. */
export function wordsOf(request: Work): unknown {
  if (!isTask(request)) return request.native ? request.native.body : request.messages
  const { body } = request
  if (body.type === "json") return body.fields
  return [...body.form.values()].filter((value) => typeof value === "string")
}

/** Tokens the caller has cut the text into: embeddings take those instead. */
export function tokensGiven(request: Work): number {
  if (!isTask(request) || request.body.type === "form") return 0
  const { input } = request.body.fields
  return Array.isArray(input) ? input.flat().filter((token) => typeof token === "number").length : 0
}

/** What an answer is taken to be long when the caller sets no limit. */
const outputTokensAssumed = 1_000
/** A picture of a thousand pixels by a thousand in the best quality. */
const imageTokens = 4_200

/** Tokens an answer is expected to take, to set points aside by. */
export function outputExpected(request: Work): number {
  if (!isTask(request)) return (request.maxTokens ?? outputTokensAssumed) * (request.choices ?? 1)
  if (isPicture(request.kind)) return imageTokens * requestsExpected(request)
  return sideEffects.has(request.kind) ? outputTokensAssumed : 0
}

const isPicture = (kind: TaskKind) => kind.startsWith("image-")

/** As many pictures as anybody makes at once. */
const picturesMax = 10

/** As how many requests it is charged where the price is one per request: each picture is one. */
export function requestsExpected(request: Work): number {
  if (!isTask(request) || !isPicture(request.kind)) return 1
  const { body } = request
  const wanted = Number((body.type === "json" ? body.fields.n : body.form.get("n")) ?? 1)
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, picturesMax) : 1
}

export const requestsDone = (request: Work, { images = 0 }: Usage): number =>
  isTask(request) && isPicture(request.kind) ? Math.max(1, images) : 1
