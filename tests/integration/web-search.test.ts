import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import {
  type AnswerWith,
  type SimulatedUpstream,
  scriptedAnthropic,
  scriptedGemini,
  scriptedOpenAi,
  scriptedResponses,
  simulate,
} from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { type SettingKey, type Settings, toMicropoints } from "@nio/server/contract"
import { setSetting } from "@nio/server/core/live/set-setting"
import { testSearch } from "@nio/server/core/search/test-search"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const script = { chunks: ["Blue."], usage: { input: 50, output: 1 } }
const json = (body: unknown): AnswerWith => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

const found = [
  { title: "<b>Rayleigh</b> scattering", href: "https://a.test/r", body: "Light &amp; air" },
  { title: "no body", href: "https://a.test/none" },
  { title: "Sky", href: "https://b.test/s", body: "It is blue" },
]
const lines =
  "Rayleigh scattering (https://a.test/r): Light & air\nSky (https://b.test/s): It is blue"

eachDatabase("a search of the web", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let search: SimulatedUpstream
  let key: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedOpenAi(script))
    search = await simulate(json({ results: found }))
    await server.addChannel({ baseUrl: upstream.url, models: ["m", "web-native"] })
    await server.setPrice({ models: ["m", "web-native"] })
    key = (await server.addUser(100)).key
  })
  beforeEach(async () => {
    search.requests.length = 0
    upstream.requests.length = 0
    upstream.answerWith(scriptedOpenAi(script))
    search.answerWith(json({ results: found }))
    await set("search.kind", "duckduckgo")
    await set("search.endpoint", search.url)
  })
  afterEach(() => server.deps.underway.drained(5_000))
  afterAll(async () => {
    await server.close()
    await upstream.close()
    await search.close()
  })

  const set = <Key extends SettingKey>(key: Key, value: Settings[Key]) =>
    setSetting(server.deps, server.admin, { key, value })

  const ask = (body: object, path = "/v1/chat/completions", asKey = key) =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${asKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: "web-m",
        messages: [
          { role: "user", content: "Hello" },
          { role: "assistant", content: "Hi" },
          { role: "user", content: "Why is the\nsky  blue?" },
        ],
        ...body,
      }),
    })
  const asked = () => upstream.requests.at(-1)?.body
  const searched = () => new URL(search.requests.at(-1)?.path ?? "", search.url)

  test("happens for the last question, and stands in front of the conversation", async () => {
    const answer = await ask({ x_unknown: 1 })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ model: "web-m" })
    expect(searched().pathname).toBe("/search")
    expect([...searched().searchParams]).toEqual([
      ["q", "Why is the sky blue?"],
      ["max_results", "5"],
    ])
    const { model, messages, x_unknown } = asked()
    expect({ model, x_unknown }).toEqual({ model: "m", x_unknown: 1 })
    expect(messages).toHaveLength(4)
    expect(messages[0].role).toBe("system")
    expect(messages[0].content).toContain(lines)
    expect(messages[0].content).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/)
    expect(messages[1]).toEqual({ role: "user", content: "Hello" })
  })

  test("is told under the caller's name for the model in a stream, too", async () => {
    const text = await (await ask({ stream: true })).text()
    expect(text).toContain('"model":"web-m"')
    expect(text).not.toContain('"model":"m"')
  })

  test("reaches Anthropic callers and upstreams in their own words", async () => {
    upstream.answerWith(scriptedAnthropic(script))
    await server.addChannel({ provider: "anthropic", baseUrl: upstream.url, models: ["claude"] })
    await server.setPrice({ models: ["claude"] })
    const native = { model: "web-claude", max_tokens: 9, system: "Be brief." }
    expect((await ask(native, "/v1/messages")).status).toBe(200)
    expect(asked()).toMatchObject({ model: "claude", max_tokens: 9 })
    expect(asked().system).toContain(lines)
    expect(asked().system).toEndWith("\n\nBe brief.")
    expect(asked().messages).toHaveLength(3)

    expect((await ask({ model: "web-claude" })).status).toBe(200)
    expect(JSON.stringify(asked().system)).toContain("Rayleigh scattering")
  })

  test("reaches callers and upstreams of Google's, of Responses and of old prompts, too", async () => {
    await server.addChannel({ baseUrl: upstream.url, models: ["g"], provider: "gemini" })
    await server.addChannel({ baseUrl: upstream.url, models: ["r"], provider: "openai" })
    await server.setPrice({ models: ["g", "r"] })
    upstream.answerWith(scriptedGemini(script))
    const contents = [{ role: "user", parts: [{ text: "Why is the sky blue?" }] }]
    const systemInstruction = { parts: [{ text: "Be brief." }] }
    const google = await ask(
      { contents, systemInstruction },
      "/v1beta/models/web-g:generateContent",
    )
    expect(google.status).toBe(200)
    expect(searched().searchParams.get("q")).toBe("Why is the sky blue?")
    expect(asked().contents).toEqual(contents)
    expect(asked().systemInstruction.parts[0].text).toContain(lines)
    expect(asked().systemInstruction.parts[1]).toEqual({ text: "Be brief." })

    upstream.answerWith(scriptedResponses(script))
    const input = "Why is the sky blue?"
    const native = await ask({ model: "web-r", input, instructions: "Be brief." }, "/v1/responses")
    expect(native.status).toBe(200)
    expect(asked().instructions).toContain(lines)
    expect(asked().instructions).toEndWith("\n\nBe brief.")
    expect(asked().input).toEqual(input)

    upstream.answerWith(scriptedOpenAi(script))
    const old = await ask({ prompt: "Why is the sky blue?" }, "/v1/completions")
    expect(old.status).toBe(200)
    expect(JSON.stringify(asked())).toContain("Rayleigh scattering")
  })

  test("is not made for other models, nor for one that is really called so", async () => {
    for (const model of ["m", "web-native"]) {
      expect((await ask({ model })).status).toBe(200)
      expect(asked().messages).toHaveLength(3)
    }
    expect(search.requests).toHaveLength(0)
  })

  test("that fails is told to the model, which answers all the same", async () => {
    search.answerWith({ status: 503, body: "down" })
    expect((await ask({})).status).toBe(200)
    expect(asked().messages[0].content).toEndWith("search failed: the search service answered 503")
    search.answerWith({ body: "<html>" })
    await ask({})
    expect(asked().messages[0].content).toContain("search failed: the search service answered some")
    search.answerWith({ body: " ".repeat(3 * 1024 * 1024) })
    await ask({})
    expect(asked().messages[0].content).toContain("search failed: the answer is larger")
    await set("search.endpoint", "http://127.0.0.1:1")
    await ask({})
    const { content } = asked().messages[0]
    expect(content).toContain("search failed: the address could not be reached")
    expect(content).not.toContain("127.0.0.1")
  })

  test("costs what the plain model costs, for what the upstream counted", async () => {
    const { actor, key: own } = await server.addUser(10)
    await (await ask({}, undefined, own)).text()
    await server.deps.underway.drained(5_000)
    const { available } = await billing.balanceOf(server.deps.db, actor.userId)
    expect(toMicropoints(10) - available).toBe(51 * 2_000)
    const { usageLog } = server.deps.db.t
    const rows = await server.deps.db.orm.select().from(usageLog)
    expect(rows.find(({ userId }) => userId === actor.userId)?.model).toBe("m")
  })

  test("is not made for who is refused: no points, no such model", async () => {
    const { key: poor } = await server.addUser(0)
    expect((await ask({}, undefined, poor)).status).toBe(402)
    expect((await ask({ model: "web-nothing" })).status).toBe(404)
    expect(search.requests).toHaveLength(0)
  })

  test("is never answered from memory", async () => {
    await set("cache.models", ["m"])
    const answers = [await ask({}), await ask({})]
    await set("cache.models", [])
    expect(answers.map(({ headers }) => headers.get("x-cache"))).toEqual([null, null])
    expect(search.requests).toHaveLength(2)
  })

  test("cuts a very long question, and makes none of a picture alone", async () => {
    const picture = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }
    const long = { type: "text", text: `${"x".repeat(399)}💬` }
    await ask({ messages: [{ role: "user", content: [picture, long] }] })
    expect(searched().searchParams.get("q")).toHaveLength(400)
    search.requests.length = 0
    await ask({ messages: [{ role: "user", content: [picture] }] })
    expect(search.requests).toHaveLength(0)
    expect(asked().messages).toHaveLength(1)
  })

  describe("by the DuckDuckGo contract", () => {
    test.each(["", "/", "/search", "/search/"])(
      "takes an endpoint that ends in '%s'",
      async (end) => {
        await set("search.endpoint", `${search.url}/api${end}`)
        await ask({})
        expect(searched().pathname).toBe("/api/search")
      },
    )

    test.each([
      [-1, "5"],
      [0, "5"],
      [3, "3"],
    ])("asks for five results when %i are set to none", async (results, sent) => {
      await set("search.results", results)
      await ask({})
      await set("search.results", 5)
      expect(searched().searchParams.get("max_results")).toBe(sent)
    })

    test("reads the bare list of older deployments", async () => {
      search.answerWith(json(found))
      await ask({})
      expect(asked().messages[0].content).toContain(lines)
    })
  })

  describe("by the SearXNG contract", () => {
    beforeEach(async () => {
      await set("search.kind", "searxng")
      await set("search.endpoint", `${search.url}/search`)
      const results = found.map(({ href, body, ...hit }) => ({ ...hit, url: href, content: body }))
      search.answerWith(json({ query: "q", results: [...results, ...results, ...results] }))
    })

    test("asks as the operator set it, and takes as many results as wanted", async () => {
      await set("search.safesearch", 2)
      await set("search.engines", ["bing", "google"])
      await set("search.imageProxy", true)
      await set("search.results", 2)
      await ask({})
      expect([...searched().searchParams]).toEqual([
        ["q", "Why is the sky blue?"],
        ["format", "json"],
        ["safesearch", "2"],
        ["engines", "bing,google"],
        ["image_proxy", "True"],
      ])
      expect(asked().messages[0].content).toEndWith(lines)
      await set("search.results", 5)
      await set("search.engines", [])
    })

    test("cuts the text where the operator says", async () => {
      await set("search.cropChars", 30)
      await ask({})
      await set("search.cropChars", 0)
      expect(asked().messages[0].content).toEndWith(`\n${lines.slice(0, 30)}...`)
      expect(searched().searchParams.has("engines")).toBe(false)
    })

    test("without an endpoint there is nobody to ask", async () => {
      await set("search.endpoint", "")
      await ask({})
      expect(asked().messages[0].content).toContain("search failed: the search endpoint is not set")
    })
  })

  test("can be tried by an administrator, and by nobody else", async () => {
    const { deps, admin } = server
    expect(await testSearch(deps, admin, " sky ")).toEqual({ ok: true, text: lines })
    expect(searched().searchParams.get("q")).toBe("sky")
    search.answerWith({ status: 500, body: "" })
    expect(await testSearch(deps, admin, "sky")).toEqual({
      ok: false,
      message: "the search service answered 500",
    })
    expect(testSearch(deps, { ...admin, isAdmin: false }, "sky")).rejects.toThrow()
  })

  test("does not follow its service into a private network", async () => {
    search.answerWith({ status: 302, headers: { location: "http://127.0.0.2:1/metadata" } })
    await ask({})
    expect(asked().messages[0].content).toContain("is not on the public internet")
  })
})
