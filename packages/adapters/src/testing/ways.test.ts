import { describe, expect, test } from "bun:test"
import { legacyMock as baichuanLegacy } from "../baichuan/mock-legacy.ts"
import { nativeMock } from "../dashscope/mock-native.ts"
import { cloudMock } from "../hunyuan/mock-cloud.ts"
import { legacyMock as hunyuanLegacy } from "../hunyuan/mock-legacy.ts"
import { providers } from "../index.ts"
import { wenxinMock } from "../qianfan/mock-wenxin.ts"
import type { ChatRequest } from "../spec/index.ts"
import { legacyMock as volcengineLegacy } from "../volcengine/mock-legacy.ts"
import { mock as zhipuMock } from "../zhipu/mock.ts"
import { cutFetch } from "./cut-fetch.ts"
import { type Mock, startMock } from "./mock.ts"
import { hello, tell, upstreamAt } from "./told.ts"

/** The ways to a service that are not its mock's first. `calls`: how many a turn may have. */
const ways: readonly { name: string; id: string; mock: Mock; calls: number; model?: string }[] = [
  { name: "Tencent Cloud", id: "hunyuan", mock: cloudMock, calls: 2 },
  { name: "Hunyuan's first interface", id: "hunyuan", mock: hunyuanLegacy, calls: 0 },
  { name: "DashScope's own interface", id: "dashscope", mock: nativeMock, calls: 2 },
  {
    name: "DashScope's models that see",
    id: "dashscope",
    mock: nativeMock,
    calls: 2,
    model: "qwen-vl-max",
  },
  { name: "Skylark", id: "volcengine", mock: volcengineLegacy, calls: 1 },
  { name: "Wenxin", id: "qianfan", mock: wenxinMock, calls: 1 },
  { name: "Baichuan's first interface", id: "baichuan", mock: baichuanLegacy, calls: 0 },
  {
    name: "Zhipu's third version",
    id: "zhipu",
    mock: zhipuMock,
    calls: 0,
    model: "zhipu-chatglm-pro",
  },
]

const text = (words: string) => [{ type: "text" as const, text: words }]
const tool = { name: "f", parameters: { type: "object", properties: {} } }

const answered: ChatRequest["messages"] = [
  { role: "assistant", content: [], toolCalls: [{ id: "c0", name: "f", arguments: "{}" }] },
  { role: "tool", callId: "c0", content: text("sunny") },
]

/** The assistant spoke first, the user twice, and a call was answered. */
const conversation = (calls: number): ChatRequest["messages"] => [
  { role: "system", content: text("Be brief") },
  { role: "assistant", content: text("Hello") },
  { role: "user", content: text("What is") },
  { role: "user", content: text("the weather?") },
  ...(calls > 0 ? answered : []),
]

for (const { name, id, mock, calls, model = "m" } of ways) {
  const provider = providers.get(id)!
  const script = {
    chunks: ["Grü", "ße 💬", "\n\n", "«ok»"],
    usage: { input: 9, output: 4 },
    ...(calls > 0 && {
      toolCalls: Array.from({ length: calls }, (_, index) => ({
        id: `c${index}`,
        name: "f",
        arguments: '{"a":"ü"}',
      })),
    }),
  }
  const request: ChatRequest = {
    ...hello,
    model,
    messages: conversation(calls),
    temperature: 2,
    topP: 1,
    ...(calls > 0 && { tools: [tool] }),
  }

  function wayTo({ url }: { url: string }, own: Parameters<typeof upstreamAt>[1] = {}) {
    const { baseUrl, key } = mock.channel(url)
    return upstreamAt(baseUrl, { key, ...own })
  }

  describe(name, () => {
    test.each([
      [true, undefined],
      [true, 1],
      [true, 3],
      [true, 1_000],
      [false, undefined],
    ])("tells what was said, streamed (%p) and cut (%p)", async (stream, cut) => {
      await using up = await startMock(mock, { script })
      const upstream = wayTo(up, cut ? { fetch: cutFetch(cut) } : {})
      const { events, signs, error } = await tell(provider, { ...request, stream }, upstream)
      expect(error).toBeUndefined()
      expect(events.map((event) => (event.type === "text" ? event.delta : "")).join("")).toBe(
        script.chunks.join(""),
      )
      const told = events.filter((event) => event.type === "tool-call")
      expect(told.flatMap((call) => call.name ?? [])).toHaveLength(calls)
      expect(told.map(({ argumentsDelta }) => argumentsDelta).join("")).toBe(
        '{"a":"ü"}'.repeat(calls),
      )
      expect(events.filter(({ type }) => type === "finish")).toMatchObject([
        { reason: calls > 0 ? "tool-calls" : "stop" },
      ])
      const usage = { input: 9, output: 4 }
      expect(events.findLast((event) => event.type === "usage")).toMatchObject({ usage })
      expect(signs.findLast((sign) => sign.usage)?.usage).toMatchObject(usage)
    })

    test("another secret is refused, and neither comes out", async () => {
      await using up = await startMock(mock)
      const { key } = mock.channel(up.url)
      const wrong = `${key.slice(0, -1)}~`
      const { error } = await tell(provider, request, wayTo(up, { key: wrong }))
      expect(error).toMatchObject({ kind: "auth" })
      expect(String(error)).not.toMatch(/mock-?secret|127\.0\.0\.1/)
    })

    test.each(["error-in-stream", "half", "reset", "empty", "html"] as const)(
      "%s is an error, never the end of an answer",
      async (fault) => {
        await using up = await startMock(mock, { script, fault })
        const { error, events } = await tell(provider, request, wayTo(up))
        expect(error).toMatchObject({ name: "UpstreamError" })
        expect(events.some(({ type }) => type === "finish")).toBe(false)
      },
    )

    test("whoever gives up lets go of the upstream", async () => {
      await using up = await startMock(mock, { script, fault: "silence" })
      const reason = new Error("enough")
      const abort = new AbortController()
      setTimeout(() => abort.abort(reason), 60)
      const { error } = await tell(provider, request, wayTo(up, { signal: abort.signal }))
      expect(error).toBe(reason)
      await Bun.sleep(50)
      expect(up.requests.at(-1)!.cancelled).toBe(true)
    })
  })
}
