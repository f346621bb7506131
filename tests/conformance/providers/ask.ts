import {
  type Batch,
  type ChatRequest,
  type Dialect,
  type Fetch,
  type Provider,
  providers,
  type Signs,
  UpstreamError,
} from "@nio/adapters"
import { cutFetch } from "@nio/adapters/testing"
import { assemble } from "./answer.ts"
import type { Recording } from "./recordings.ts"

export const key = "sk-conformance-secret"
/** For providers whose requests are signed. */
const signingKey = "1300000000|AKIDconformance|secret"
const awsKey = "AKIDconformance|secret|us-east-1"

/** Whether the recording is of a protocol of the provider's own, which no caller speaks. */
export const isOwnProtocol = ({ folder, endpoint }: Recording) =>
  folder === "cohere" || /^\/$|^\/rpc\/|^\/api\/v1\/services|^\/api\/chat|^\/model\//.test(endpoint)

/** How an operator would set up a channel for the address the recording was made at. */
function channelFor({ folder, endpoint }: Recording) {
  if (endpoint.includes("/messages"))
    return { id: "anthropic", path: endpoint.replace(/\/v1\/messages.*/, "") }
  if (folder === "azure" && endpoint.startsWith("/v1/")) return { id: "azure", path: "/v1" }
  if (folder === "azure")
    return { id: "azure", path: endpoint.startsWith("/models") ? "/models" : "" }
  if (folder === "alibaba")
    return { id: "dashscope", path: endpoint.startsWith("/api/") ? "/api/v1" : "/v1" }
  if (folder === "bedrock") return { id: folder, path: "", key: awsKey }
  if (folder === "cohere") return { id: folder, path: "" }
  if (folder === "writer") return { id: folder, path: "/v1" }
  if (endpoint === "/api/chat") return { id: folder, path: "" }
  if (folder === "ollama") return { id: "openai-compatible", path: "" }
  if (endpoint.includes("/projects/"))
    return { id: folder, path: endpoint.replace(/\/publishers.*/, "") }
  if (folder === "vertex") return { id: "gemini", path: "" }
  if (folder === "baidu") return { id: "qianfan", path: "", key: "client|secret" }
  if (endpoint === "/") return { id: folder, path: "", key: signingKey }
  const called = /\/(v1\/)?(chat\/completions|responses).*|\/v1beta.*/
  return { id: folder, path: endpoint.replace(called, "") }
}

/** What the caller spoke: what the provider speaks, or where it has both, what the recording is of. */
const dialectOf = (recording: Recording, provider: Provider): Dialect | undefined =>
  isOwnProtocol(recording)
    ? undefined
    : recording.endpoint.endsWith("/responses")
      ? "responses"
      : recording.folder === "vertex"
        ? "gemini"
        : provider.dialect

/** Bedrock asks Claude in Anthropic's words, and who that is it tells from the name. */
const modelFor = ({ endpoint }: Recording) =>
  endpoint.includes("/invoke") ? "anthropic.claude-mapped" : "mapped"

/** Callers of the Responses API are known by their own body. */
const bodyless = (dialect: Dialect | undefined) =>
  dialect === "responses" ? '{"model":"m","input":"hi"}' : undefined

function requestFor(recording: Recording, dialect: Dialect | undefined): ChatRequest {
  const { stream } = recording
  const request = isOwnProtocol(recording) ? undefined : (recording.request ?? bodyless(dialect))
  const messages = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }]
  if (!request) return { model: modelFor(recording), messages, stream }
  const body = JSON.parse(request)
  // A refusal is recorded as no stream, although one was asked for.
  const asked = dialect === "gemini" || !recording.request ? stream : body.stream === true
  return {
    model: "mapped",
    messages,
    stream: asked,
    ...(dialect && { native: { dialect, text: request, body } }),
  }
}

type Options = {
  /** Whether events are read as they come, or only after the end. */
  reading: "at once" | "late"
  /** How many bytes each read brings; as they come when left out. */
  cutBytes?: number
}

/** Asks the provider and says all it said: put together, at a glance, and as bytes. */
export async function ask(recording: Recording, url: string, { reading, cutBytes }: Options) {
  const { id, path, key: channelKey = key } = channelFor(recording)
  const provider = providers.get(id)!
  const network: Fetch = cutBytes ? cutFetch(cutBytes) : fetch
  const batches: Batch[] = []
  const signs: Signs[] = []
  let error: UpstreamError | undefined
  let stream = recording.stream
  try {
    const answer = await provider.chat(requestFor(recording, dialectOf(recording, provider)), {
      channelId: "7",
      baseUrl: url + path,
      key: channelKey,
      timeouts: { firstByteMs: 5_000, idleMs: 5_000, totalMs: 20_000 },
      headers: {},
      fetch: network,
      openSocket: (address, headers) => new WebSocket(address, { headers } as unknown as string[]),
      download: async () => ({ mime: "image/png", bytes: new Uint8Array([1]) }),
      signal: new AbortController().signal,
    })
    stream = answer.stream
    for (let batch = await answer.next(); batch; batch = await answer.next()) {
      batches.push(batch)
      signs.push(batch.signs)
      if (reading === "at once") void batch.events
    }
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause
    error = cause
  }
  const events = batches.flatMap((batch) => batch.events)
  return {
    outcome: assemble(events, error?.kind),
    signs,
    bytes: Buffer.concat(batches.map(({ bytes }) => bytes)),
    stream,
    error,
  }
}
