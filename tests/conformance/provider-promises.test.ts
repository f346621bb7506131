import { describe, expect, setDefaultTimeout, test } from "bun:test"
import {
  type ChatRequest,
  type Provider,
  providers,
  UpstreamError,
  type UpstreamErrorKind,
} from "@nio/adapters"
import {
  cutFetch,
  hello,
  type Mock,
  mishaps,
  mocks,
  type RefusalKind,
  refusalKinds,
  type Script,
  startMock,
  tell,
  upstreamAt,
} from "@nio/adapters/testing"

/** What every provider promises, asked of its own mock. A new provider is here by being registered. */

/** Who answers by being looked at takes a while. */
setDefaultTimeout(30_000)

const script: Script = {
  reasoning: ["h", "m"],
  chunks: ["Gr", "üße 💬", " \n\n", "«ok»"],
  usage: { input: 9, output: 4 },
  toolCalls: [
    { id: "c1", name: "f", arguments: '{"a":"ü"}' },
    { id: "c2", name: "g", arguments: "{}" },
  ],
}

/** They tell text and no more. */
const plain: readonly string[] = ["dify", "bing", "slack"]

/** They draw, whatever they are told to say. */
const drawing: readonly string[] = ["midjourney"]

const modelOf = ({ models }: Provider) => models[0] ?? "m"

async function ask(
  provider: Provider,
  mock: Mock,
  { url }: { url: string },
  own: { request?: Partial<ChatRequest>; cut?: number | undefined; wait?: number } = {},
) {
  const { baseUrl, key } = mock.channel(url)
  const { cut, wait = 2_000 } = own
  return tell(
    provider,
    { ...hello, model: modelOf(provider), ...own.request },
    upstreamAt(baseUrl, {
      key,
      timeouts: { firstByteMs: wait, idleMs: wait, totalMs: 10_000 },
      ...(cut && { fetch: cutFetch(cut) }),
    }),
  )
}

test("every provider that chats has a mock", () => {
  const chatting = [...providers.keys()].filter((id) => !["voyage", "jina"].includes(id))
  expect(Object.keys(mocks).toSorted()).toEqual(chatting.toSorted())
})

for (const [id, load] of Object.entries(mocks)) {
  const provider = providers.get(id)!

  describe(id, () => {
    test.each([
      [true, undefined],
      [true, 1],
      [true, 3],
      [true, 1_000],
      [false, undefined],
      [false, 1],
    ])("tells what was said, streamed (%p) and cut (%p)", async (stream, cut) => {
      const mock = await load()
      await using up = await startMock(mock, { script })
      const { events, error } = await ask(provider, mock, up, { request: { stream }, cut })
      expect(error).toBeUndefined()
      const said = (type: string) =>
        events.map((event) => (event.type === type && "delta" in event ? event.delta : "")).join("")
      if (drawing.includes(id)) return expect(said("text")).toContain("![image](https://")
      expect(said("text")).toBe(script.chunks.join(""))
      const finish = events.find((event) => event.type === "finish")
      if (plain.includes(id)) return expect(finish).toMatchObject({ reason: "stop" })

      expect(said("reasoning")).toBe("hm")
      expect(finish).toMatchObject({ reason: "tool-calls" })
      const calls = events.filter((event) => event.type === "tool-call")
      const written = (index: number) =>
        calls.flatMap((call) => (call.index === index ? call.argumentsDelta : [])).join("")
      expect([written(0), written(1)]).toEqual(['{"a":"ü"}', "{}"])
      expect(calls.flatMap(({ name }) => name ?? [])).toEqual(["f", "g"])
    })

    test("refusals keep their kind", async () => {
      const mock = await load()
      for (const fault of refusalKinds) {
        await using up = await startMock(mock, { fault })
        const { error } = await ask(provider, mock, up)
        expect({ fault, error }).toMatchObject({ fault, error: { kind: kindOf(id, fault) } })
      }
    })

    test.each(mishaps.filter((fault) => fault !== "silence" && fault !== "mute"))(
      "%s is an error, never the end of an answer",
      async (fault) => {
        const mock = await load()
        for (const stream of [true, false]) {
          await using up = await startMock(mock, { fault, script })
          const { error, events } = await ask(provider, mock, up, { request: { stream } })
          expect([stream, error instanceof UpstreamError]).toEqual([stream, true])
          expect(events.some(({ type }) => type === "finish")).toBe(false)
        }
      },
    )

    test("silence is a timeout, at once and in the middle", async () => {
      const mock = await load()
      for (const fault of ["silence", "mute"] as const) {
        await using up = await startMock(mock, { fault, script })
        const { error } = await ask(provider, mock, up, { wait: 150 })
        expect(error).toMatchObject({ kind: "timeout" })
      }
    })

    test("the key never comes out", async () => {
      const mock = await load()
      await using up = await startMock(mock)
      const { baseUrl, key } = mock.channel(up.url)
      const wrong = `~${key}`
      const { error } = await tell(
        provider,
        { ...hello, model: modelOf(provider) },
        upstreamAt(baseUrl, { key: wrong }),
      )
      expect(error).toMatchObject({ kind: "auth" })
      expect(String(error)).not.toContain(key)
      expect(String(error)).not.toContain("127.0.0.1")
    })
  })
}

const kinds: Record<RefusalKind, UpstreamErrorKind> = {
  invalid: "invalid-request",
  unauthorized: "auth",
  quota: "quota",
  "content-filter": "content-filter",
  "model-missing": "model-missing",
  "rate-limited": "rate-limit",
  overloaded: "overloaded",
}

/** Where a provider has one word for two things. */
const sameWord: Readonly<Record<string, Partial<Record<RefusalKind, UpstreamErrorKind>>>> = {
  gemini: { quota: "rate-limit" },
  vertex: { quota: "rate-limit" },
  cohere: { "content-filter": "invalid-request" },
  ollama: { "content-filter": "invalid-request" },
  cloudflare: { "content-filter": "invalid-request" },
  coze: { "content-filter": "invalid-request" },
  slack: { quota: "auth" },
  bing: Object.fromEntries(refusalKinds.map((kind) => [kind, "auth"])),
}

const kindOf = (id: string, fault: RefusalKind) => sameWord[id]?.[fault] ?? kinds[fault]
