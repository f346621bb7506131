import { describe, expect, test } from "bun:test"
import type { Notice } from "../spec/index.ts"
import { cutFetch, hello, startMock, tell, upstreamAt } from "../testing/index.ts"
import { commandOf, inMode } from "./command.ts"
import { midjourney } from "./index.ts"
import { midjourneyMock } from "./mock.ts"
import { partsOf } from "./request.ts"

const said = (text: string) => [
  { role: "user" as const, content: [{ type: "text" as const, text }] },
]
const secret = { key: "mj-mock-secret|10.0.0.1" }

async function draw(text: string, own: { model?: string; alias?: string; stream?: boolean } = {}) {
  const mock = midjourneyMock()
  await using up = await startMock(mock)
  const request = { ...hello, model: "midjourney", ...own, messages: said(text) }
  const told = await tell(midjourney, request, upstreamAt(up.url, secret))
  const texts = told.events.flatMap((event) => (event.type === "text" ? [event] : []))
  const all = texts.map(({ delta }) => delta).join("")
  return { ...told, texts, all, requests: up.requests }
}

describe("a picture", () => {
  const id = "1700000000000001"
  const url = `https://cdn.mock.test/attachments/${id}.png`
  const link = (label: string, command: string) =>
    `[${label}](https://chatnio.virtual/${command}::midjourney)`

  test("is told as it comes: how far it is, itself, and what may be done with it", async () => {
    const { all, texts, error, events, requests } = await draw("a red fox")
    expect(error).toBeUndefined()
    const row = (label: string, command: string) =>
      [1, 2, 3, 4].map((n) => link(`${label}${n}`, `${command}-${id}-${n}`)).join(" ")
    expect(all).toBe(
      [
        "```progress\n0\n42\n100\n```",
        `![image](${url})`,
        row("U", "UPSCALE"),
        row("V", "VARIATION"),
        link("REROLL", `REROLL-${id}`),
      ].join("\n\n"),
    )
    expect(texts.filter(({ progress }) => !progress).map(({ delta }) => delta)).toEqual([
      all.slice(all.indexOf("![image]")),
    ])
    expect(events.at(-1)).toEqual({ type: "finish", choice: 0, reason: "stop" })
    expect(requests[0]?.body).toEqual({ prompt: "a red fox --relax" })
    expect(requests[0]?.headers.get("mj-api-secret")).toBe("mj-mock-secret")
  })

  test("comes alone when nobody looks on", async () => {
    const { all } = await draw("a red fox", { stream: false })
    expect(all).toStartWith(`![image](${url})\n\n[U1]`)
  })

  test("is gone on with under the name the caller knows", async () => {
    const { all } = await draw("fox", { model: "midjourney-fast", alias: "画画 (fast)" })
    expect(all).toContain(`/REROLL-${id}::%E7%94%BB%E7%94%BB%20(fast))`)
  })

  test("that fails says why, and nothing of what it was is charged for", async () => {
    const { error, texts } = await draw("a broken fox")
    expect(error).toMatchObject({
      kind: "bad-response",
      message: "task failed: [Request cancelled due to output filters]",
    })
    expect(texts.every(({ progress }) => progress)).toBe(true)
  })

  test("with a banned word is refused before anything is drawn", async () => {
    const { error } = await draw("a banned fox")
    expect(error).toMatchObject({ kind: "content-filter", code: "24" })
  })

  test("waits its turn elsewhere when the queue is full", async () => {
    await using up = await startMock(midjourneyMock({ queueMax: 0 }))
    const request = { ...hello, model: "midjourney", messages: said("fox") }
    const { error } = await tell(midjourney, request, upstreamAt(up.url, secret))
    expect(error).toMatchObject({ kind: "overloaded" })
  })

  test("reads reports however they are cut", async () => {
    await using up = await startMock(midjourneyMock())
    const request = { ...hello, model: "midjourney", messages: said("fox") }
    const upstream = upstreamAt(up.url, { ...secret, fetch: cutFetch(1) })
    expect((await tell(midjourney, request, upstream)).error).toBeUndefined()
  })
})

describe("looking again and again", () => {
  const at = async (mock: ReturnType<typeof midjourneyMock>, own = {}, text = "fox") => {
    const up = await startMock(mock)
    const request = { ...hello, model: "midjourney", messages: said(text) }
    return { up, work: tell(midjourney, request, upstreamAt(up.url, { ...secret, ...own })) }
  }
  const waiting = [{ status: "IN_PROGRESS", progress: "5%" }]

  test("ends when the channel's time is up", async () => {
    const timeouts = { firstByteMs: 1_000, idleMs: 1_000, totalMs: 700 }
    const { up, work } = await at(midjourneyMock({ stages: waiting }), { timeouts })
    expect((await work).error).toMatchObject({ kind: "timeout" })
    await up.close()
  })

  test("ends at once when the caller leaves", async () => {
    const caller = new AbortController()
    const { up, work } = await at(midjourneyMock({ stages: waiting }), { signal: caller.signal })
    await Bun.sleep(100)
    const began = performance.now()
    caller.abort(new Error("left"))
    expect((await work).error).toMatchObject({ message: "left" })
    expect(performance.now() - began).toBeLessThan(100)
    const looks = up.requests.length
    await Bun.sleep(600)
    expect(up.requests).toHaveLength(looks)
    await up.close()
  })

  test("outlasts a look that fails, and gives up when three in a row do", async () => {
    const mock = midjourneyMock()
    const up = await startMock({
      ...mock,
      answer: (seen, script) => {
        const looks = up.requests.filter(({ method }) => method === "GET").length
        return looks === 1 ? { status: 502, body: "<html>" } : mock.answer(seen, script)
      },
    })
    const request = { ...hello, model: "midjourney", messages: said("fox") }
    const upstream = upstreamAt(up.url, secret)
    expect((await tell(midjourney, request, upstream)).error).toBeUndefined()

    up.answerWith((seen) => {
      if (seen.method === "GET") return { body: "null" }
      return { body: '{"code":1,"result":"gone"}' }
    })
    up.requests.length = 0
    const { error } = await tell(midjourney, request, upstream)
    expect(error).toMatchObject({ message: "The upstream does not know the task." })
    expect(up.requests).toHaveLength(4)
    await up.close()
  })

  test("is made sooner by a notice, and none is lost between two looks", async () => {
    let tell: (() => void) | undefined
    const heard: (() => void)[] = []
    const notice: Notice = {
      url: "https://us.test/mj/notify/token",
      heard: () => new Promise((resolve) => heard.push(resolve)),
      close: () => tell?.(),
    }
    const closed = new Promise<void>((resolve) => {
      tell = resolve
    })
    const mock = midjourneyMock()
    const { up, work } = await at(mock, { expectNotice: async () => notice })
    const began = performance.now()
    const timer = setInterval(() => {
      for (const wake of heard.splice(0)) wake()
    }, 10)
    expect((await work).error).toBeUndefined()
    clearInterval(timer)
    expect(performance.now() - began).toBeLessThan(400)
    expect(up.requests[0]?.body.notifyHook).toBe(notice.url)
    await closed
    await up.close()
  })
})

describe("commands", () => {
  test.each([
    ["a fox", { type: "imagine", prompt: "a fox", pictures: [] }],
    ["/IMAGINE a fox --niji 6", { type: "imagine", prompt: "a fox --niji 6", pictures: [] }],
    ["/imagine\na fox", { type: "imagine", prompt: "a fox", pictures: [] }],
    ["/UPSCALE 17 2", { type: "change", action: "UPSCALE", taskId: "17", index: 2 }],
    ["/variation 17-b 4", { type: "change", action: "VARIATION", taskId: "17-b", index: 4 }],
    ["/REROLL 17", { type: "change", action: "REROLL", taskId: "17" }],
    ["/upscaled fox", { type: "imagine", prompt: "/upscaled fox", pictures: [] }],
  ])("%s", (text, expected) => {
    expect(commandOf({ messages: said(text) })).toEqual(expected as ReturnType<typeof commandOf>)
  })

  test.each([
    "",
    "/IMAGINE",
    "/UPSCALE",
    "/UPSCALE 17",
    "/UPSCALE 17 5",
    "/UPSCALE 17 2 3",
    "/REROLL",
    "/REROLL 17 1",
    "/VARIATION ../../task 1",
  ])("'%s' is refused", (text) => {
    expect(() => commandOf({ messages: said(text) })).toThrow()
  })

  test("pictures go along: those of the caller's as they are, addresses in front of the words", () => {
    const content = [
      { type: "image" as const, url: "https://a.test/x.png" },
      { type: "image" as const, url: "data:image/png;base64,AAAA" },
      { type: "text" as const, text: "as a fox" },
    ]
    expect(commandOf({ messages: [{ role: "user", content }] })).toEqual({
      type: "imagine",
      prompt: "https://a.test/x.png as a fox",
      pictures: ["data:image/png;base64,AAAA"],
    })
  })

  test.each([
    ["a fox", "midjourney", "", "a fox --relax"],
    ["a --turbo fox --FAST", "midjourney", "", "a fox --relax"],
    ["a fox --relax", "midjourney-fast", "", "a fox --fast"],
    ["a fox", "midjourney-turbo", "", "a fox --turbo"],
    ["a fox --relaxed --fast", "my-model", "", "a fox --relaxed --relax"],
    ["a fox --fast", "midjourney", "https://p.test/mj-turbo", "a fox --fast"],
  ])("'%s' by %s at '%s' is asked as '%s'", (prompt, model, baseUrl, expected) => {
    expect(inMode(prompt, model, baseUrl)).toBe(expected)
  })

  test.each([
    ["secret", "secret", []],
    ["secret|1.2.3.4, 10.0.0.0/8", "secret", ["1.2.3.4", "10.0.0.0/8"]],
    ["null|1.2.3.4", undefined, ["1.2.3.4"]],
    ["null", undefined, []],
  ])("the key %s", (key, expected, addresses) => {
    expect(partsOf(key)).toEqual({ secret: expected, addresses })
  })
})
