import { responsesProtocol } from "../responses/index.ts"
import type { ChatRequest, Provider, TaskKind, Upstream } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { listModels, type ModelList } from "../wire/list-models.ts"
import type { ChatProtocol, WireRequest } from "../wire/protocol.ts"
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
  /** The last touch on a body that had to be translated. */
  adjust?: (body: Record<string, unknown>) => Record<string, unknown>
  address?: (request: ChatRequest, upstream: Upstream) => string
  /** What it does besides chat. */
  tasks?: readonly TaskKind[]
  taskAddress?: TaskQuirks["address"]
  headers?: (upstream: Upstream) => Record<string, string>
  /** Where it has a Responses API, which callers who speak that are sent to. */
  responses?: {
    address: (request: ChatRequest, upstream: Upstream) => string
    /** Whether what OpenAI's chat completions refuse goes there too. */
    insteadOfChat?: boolean
  }
}

/** A provider that speaks OpenAI's chat completions at another address. */
export function openaiCompatible(
  own: Omit<Provider, "chat" | "dialect" | "keyFormat"> & { keyFormat?: string },
  quirks: Quirks = {},
): Provider {
  const chat = openaiProtocol(quirks)
  const { tasks = [], taskAddress = versioned, headers = bearer } = quirks
  const responses = quirks.responses && responsesProtocol({ headers, ...quirks.responses })
  const speaks = (request: ChatRequest) =>
    request.native?.dialect === "responses" ||
    (quirks.responses?.insteadOfChat && chatRefuses(request))
  return {
    keyFormat: "sk-…",
    ...own,
    dialect: "openai",
    chat: (request, upstream) =>
      askChat(responses && speaks(request) ? responses : chat, request, upstream),
    tasks: openaiTasks(tasks, { address: taskAddress, headers }),
    // Who has other addresses has another list, or none.
    ...(!quirks.address && {
      listModels: (upstream) => listModels(chat, modelListOf(headers), upstream),
    }),
  }
}

const openaiProtocol = (quirks: Quirks): ChatProtocol => ({
  dialect: "openai",
  buildRequest: (request, upstream) => buildRequest(request, upstream, quirks),
  markers,
  createGlance,
  createReader,
  readDocument,
  judge,
})

/** @see https://platform.openai.com/docs/api-reference/chat/create */
function buildRequest(request: ChatRequest, upstream: Upstream, quirks: Quirks): WireRequest {
  const { address = chatAddress, headers = bearer } = quirks
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
  const streamOptions = !quirks.refusesStreamOptions?.(upstream)
  const { model, stream, native } = request
  if (native?.dialect === "openai") return passedOn(native, { model, stream, streamOptions, omit })
  const body: Record<string, unknown> = adjust(toBody(request, quirks))
  for (const field of omit) delete body[field]
  if (!streamOptions) delete body.stream_options
  return JSON.stringify(body)
}

const bearer = ({ key }: Upstream) => ({ authorization: `Bearer ${key}` })

/** An address that names its version is taken as it is: `…/v1`, `…/api/v3`, `…/v1beta/openai`. */
const versioned = (path: string, _: unknown, { baseUrl }: Pick<Upstream, "baseUrl">) =>
  `${baseUrl}${/\/v\d[\w.]*(\/openai)?$/.test(baseUrl) ? "" : "/v1"}/${path}`

export const chatAddress = (request: ChatRequest, upstream: Upstream) =>
  versioned("chat/completions", request, upstream)

export const responsesAddress = (request: ChatRequest, upstream: Upstream) =>
  versioned("responses", request, upstream)

/** @see https://platform.openai.com/docs/api-reference/models/list */
const modelListOf = (headers: ModelList["headers"]): ModelList => ({
  url: (upstream) => versioned("models", undefined, upstream),
  headers,
  list: "data",
  name: "id",
})
