import { completionsProtocol, goesToCompletions } from "../completions/index.ts"
import { responsesProtocol } from "../responses/index.ts"
import type { ChatRequest, Provider, TaskKind, Tasks, Upstream } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import type { CodeTable } from "../wire/code-table.ts"
import type { Failure } from "../wire/failure.ts"
import type { Json } from "../wire/json.ts"
import { listModels, type ModelList } from "../wire/list-models.ts"
import type { ChatProtocol, Marker, WireRequest } from "../wire/protocol.ts"
import { askResponses } from "./ask-responses.ts"
import { chatRefuses } from "./chat-refuses.ts"
import { readDocument } from "./document.ts"
import { judge } from "./errors.ts"
import type { Knows } from "./messages.ts"
import { passedOn } from "./passed-on.ts"
import { toBody } from "./request.ts"
import { createGlance, createReader, markers } from "./stream.ts"
import { openaiTasks, type TaskQuirks } from "./tasks.ts"

/** In what a provider differs from OpenAI. */
export type Quirks = Knows & {
  /** Fields it refuses: they are left out. */
  omit?: readonly string[]
  /** Whether it refuses `stream_options`; most of those send usage anyway. */
  refusesStreamOptions?: (upstream: Upstream) => boolean
  /** Fields put over the body, the caller's own too; undefined takes one away. */
  edits?: (request: ChatRequest, upstream: Upstream) => Record<string, unknown>
  /** What its own codes mean. */
  errors?: CodeTable
  /** How it says that it failed, where that is not `error`. */
  failed?: Failed
  /** Tells the addresses of pictures it fetches itself; all of them when left out. */
  takesAddress?: ChatProtocol["takesAddress"]
  /** The last touch on a body that had to be translated. */
  adjust?: (body: Record<string, unknown>, request: ChatRequest) => Record<string, unknown>
  /** What follows an address that names no version; `/v1` when left out. */
  prefix?: string
  address?: (request: ChatRequest, upstream: Upstream) => string
  /** What it does besides chat. */
  tasks?: readonly TaskKind[]
  taskAddress?: TaskQuirks["address"]
  taskEdits?: TaskQuirks["edits"]
  /** What it does besides in a shape of its own. */
  ownTasks?: Tasks
  headers?: (upstream: Upstream) => Record<string, string>
  /** Whether it completes prompts with every model, and not only with those that know no chat. */
  completions?: boolean
  completionsAddress?: (request: ChatRequest, upstream: Upstream) => string
  /** Where it has a Responses API, which callers who speak that are sent to. */
  responses?: {
    address: (request: ChatRequest, upstream: Upstream) => string
    /** Whether what OpenAI's chat completions refuse goes there too. */
    insteadOfChat?: boolean
  }
}

/** A word that a frame with a failure holds, and the failure in a frame that holds it. */
export type Failed = { marker: Marker; in: (frame: Json) => Failure | undefined }

/** A provider that speaks OpenAI's chat completions at another address. */
export function openaiCompatible(
  own: Omit<Provider, "chat" | "dialect" | "keyFormat"> & { keyFormat?: string },
  quirks: Quirks = {},
): Provider {
  const chat = openaiProtocol(quirks)
  const { tasks = [], taskAddress = versionedAt(quirks.prefix), headers = bearer } = quirks
  const responses = quirks.responses && responsesProtocol({ headers, ...quirks.responses })
  const { completionsAddress = completionsAddressAt(quirks.prefix) } = quirks
  const completions = completionsProtocol({ address: completionsAddress, headers })
  function ask(request: ChatRequest, upstream: Upstream) {
    const { insteadOfChat = false } = quirks.responses ?? {}
    const wantsResponses = request.native?.dialect === "responses"
    if (responses && (wantsResponses || (insteadOfChat && chatRefuses(request))))
      return askResponses({ responses, chat }, request, upstream)
    const completes = goesToCompletions(request, quirks.completions ?? false)
    return askChat(completes ? completions : chat, request, upstream)
  }
  return {
    keyFormat: "sk-…",
    ...own,
    dialect: "openai",
    chat: ask,
    tasks: {
      ...openaiTasks(tasks, {
        address: taskAddress,
        headers,
        errors: quirks.errors,
        failed: quirks.failed,
        edits: quirks.taskEdits,
      }),
      ...quirks.ownTasks,
    },
    // Who has other addresses has another list, or none.
    ...(!quirks.address && {
      listModels: (upstream) => listModels(chat, modelListOf(headers, quirks.prefix), upstream),
    }),
  }
}

export const openaiProtocol = (quirks: Quirks): ChatProtocol => ({
  dialect: "openai",
  buildRequest: (request, upstream) => buildRequest(request, upstream, quirks),
  ...(quirks.takesAddress && { takesAddress: quirks.takesAddress }),
  markers: quirks.failed ? [...markers, quirks.failed.marker] : markers,
  createGlance: () => createGlance(quirks.failed?.in),
  createReader,
  readDocument,
  judge: (failure) => judge(failure, quirks.errors),
})

/** @see https://platform.openai.com/docs/api-reference/chat/create */
function buildRequest(request: ChatRequest, upstream: Upstream, quirks: Quirks): WireRequest {
  const { address = chatAddressAt(quirks.prefix), headers = bearer } = quirks
  return {
    url: address(request, upstream),
    headers: {
      ...headers(upstream),
      ...(request.native?.dialect === "openai" && request.native.headers),
    },
    body: bodyOf(request, upstream, quirks),
  }
}

function bodyOf(request: ChatRequest, upstream: Upstream, quirks: Quirks) {
  const { omit = [], adjust = (body) => body } = quirks
  const edits = quirks.edits?.(request, upstream) ?? {}
  const streamOptions = !quirks.refusesStreamOptions?.(upstream)
  const { model, stream, native } = request
  if (native?.dialect === "openai")
    return passedOn(native, { model, stream, streamOptions, omit, edits })
  const body: Record<string, unknown> = { ...adjust(toBody(request, quirks), request), ...edits }
  for (const field of omit) delete body[field]
  if (!streamOptions) delete body.stream_options
  return JSON.stringify(body)
}

export const bearer = ({ key }: Pick<Upstream, "key">) => ({ authorization: `Bearer ${key}` })

/** An address that names its version is taken as it is: `…/v1`, `…/api/v3`, `…/v1beta/openai`, `…/beta`. */
const versionedAt =
  (prefix = "/v1") =>
  (path: string, _: unknown, { baseUrl }: Pick<Upstream, "baseUrl">) =>
    `${baseUrl}${/\/(v\d[\w.]*(\/openai)?|beta)$/.test(baseUrl) ? "" : prefix}/${path}`

export const taskAddress = versionedAt()

const chatAddressAt = (prefix?: string) => (request: ChatRequest, upstream: Upstream) =>
  versionedAt(prefix)("chat/completions", request, upstream)

const completionsAddressAt = (prefix?: string) => (request: ChatRequest, upstream: Upstream) =>
  versionedAt(prefix)("completions", request, upstream)

export const chatAddress = chatAddressAt()

export const responsesAddress = (request: ChatRequest, upstream: Upstream) =>
  versionedAt()("responses", request, upstream)

/** @see https://platform.openai.com/docs/api-reference/models/list */
const modelListOf = (headers: ModelList["headers"], prefix?: string): ModelList => ({
  url: (upstream) => versionedAt(prefix)("models", undefined, upstream),
  headers,
  list: "data",
  name: "id",
})
