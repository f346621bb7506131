import type { ChatEvent, ChatRequest, Provider, Signs, Upstream } from "../spec/index.ts"

/** A way to a simulated upstream, with patience for a test and no more. */
export const upstreamAt = (baseUrl: string, own: Partial<Upstream> = {}): Upstream => ({
  channelId: "7",
  baseUrl,
  key: "sk-test-secret",
  timeouts: { firstByteMs: 2_000, idleMs: 2_000, totalMs: 10_000 },
  headers: {},
  fetch,
  openSocket: (url, headers) => new WebSocket(url, { headers } as unknown as string[]),
  download: async (url) => ({ mime: "image/png", bytes: Buffer.from(`picture of ${url}`) }),
  signal: new AbortController().signal,
  ...own,
})

export const hello: ChatRequest = {
  model: "m",
  messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
  stream: true,
}

export type Told = { events: ChatEvent[]; signs: Signs[]; bytes: string; error?: unknown }

/** Asks, and reads to the end or to the error. */
export async function tell(
  provider: Provider,
  request: ChatRequest,
  upstream: Upstream,
): Promise<Told> {
  const told: Told = { events: [], signs: [], bytes: "" }
  const pieces: Uint8Array[] = []
  try {
    const answer = await provider.chat(request, upstream)
    for (let batch = await answer.next(); batch; batch = await answer.next()) {
      told.events.push(...batch.events)
      told.signs.push(batch.signs)
      pieces.push(batch.bytes)
    }
  } catch (error) {
    told.error = error
  }
  told.bytes = Buffer.concat(pieces).toString()
  return told
}
