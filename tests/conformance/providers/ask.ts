import {
  type Batch,
  type ChatRequest,
  type Dialect,
  type Fetch,
  providers,
  type Signs,
  type Upstream,
  UpstreamError,
} from "@nio/adapters"
import { cutFetch } from "@nio/adapters/testing"
import { assemble } from "./answer.ts"
import type { Channel, Plan } from "./plan.ts"
import type { Recording } from "./recordings.ts"

export const key = "sk-conformance-secret"
export type ChatPlan = Extract<Plan, { as: "chat" }>

/** Callers of the Responses API are known by their own body. */
const bodyless = (dialect: Dialect | undefined) =>
  dialect === "responses" ? '{"model":"m","input":"hi"}' : undefined

function requestFor(recording: Recording, { dialect, model = "mapped" }: ChatPlan): ChatRequest {
  const { stream } = recording
  const request = dialect && (recording.request ?? bodyless(dialect))
  const messages = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }]
  if (!request) return { model, messages, stream }
  const body = JSON.parse(request)
  // A refusal is recorded as no stream, although one was asked for.
  const asked = dialect === "gemini" || !recording.request ? stream : body.stream === true
  return {
    model,
    messages,
    stream: asked,
    native: { dialect, text: request, body },
  }
}

/** The way to the simulated upstream, as a channel set up for this recording would go. */
export const upstreamFor = (plan: Channel, url: string, network: Fetch = fetch): Upstream => ({
  channelId: "7",
  baseUrl: url + (plan.path ?? ""),
  key: plan.key ?? key,
  timeouts: { firstByteMs: 5_000, idleMs: 5_000, totalMs: 20_000 },
  headers: {},
  fetch: network,
  openSocket: (address, headers) => new WebSocket(address, { headers } as unknown as string[]),
  download: async () => ({ mime: "image/png", bytes: new Uint8Array([1]) }),
  signal: new AbortController().signal,
})

type Options = {
  /** Whether events are read as they come, or only after the end. */
  reading: "at once" | "late"
  /** How many bytes each read brings; as they come when left out. */
  cutBytes?: number
}

/** Asks the provider and says all it said: put together, at a glance, and as bytes. */
export async function ask(
  recording: Recording,
  plan: ChatPlan,
  url: string,
  { reading, cutBytes }: Options,
) {
  const provider = providers.get(plan.provider)!
  const network: Fetch = cutBytes ? cutFetch(cutBytes) : fetch
  const batches: Batch[] = []
  const signs: Signs[] = []
  let error: UpstreamError | undefined
  let stream = recording.stream
  try {
    const upstream = upstreamFor(plan, url, network)
    const answer = await provider.chat(requestFor(recording, plan), upstream)
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
