import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import {
  type AnswerWith,
  pixel,
  type SimulatedUpstream,
  scriptedOpenAi,
  scriptedTasks,
  simulate,
} from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { question, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const points = 100
const json = { "content-type": "application/json" }
const address = "https://pictures.example/cat.png"

/** Draws in the middle of a chat, as Gemini's image models do. */
const drawing: AnswerWith = {
  headers: json,
  body: JSON.stringify({
    candidates: [
      {
        content: {
          role: "model",
          parts: [{ text: "Here:" }, { inlineData: { mimeType: "image/png", data: pixel } }],
        },
        finishReason: "STOP",
        index: 0,
      },
    ],
    usageMetadata: { promptTokenCount: 6, candidatesTokenCount: 1_290, totalTokenCount: 1_296 },
  }),
}
const addressed: AnswerWith = {
  headers: json,
  body: JSON.stringify({ created: 1, data: [{ url: address }] }),
}

eachDatabase("pictures", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let userId: string
  let userName: string
  const downloads: string[] = []

  beforeAll(async () => {
    server = await startServer((await open()).db, {
      async download(url) {
        downloads.push(url)
        if (url !== address) throw new Error("it could not be reached")
        return { status: 200, contentType: "image/png", bytes: Buffer.from(pixel, "base64") }
      },
    })
    upstream = await simulate(scriptedTasks)
    const { url: baseUrl } = upstream
    await server.addChannel({ baseUrl, models: ["dall-e-3", "gpt-image-1", "dall-e-2"] })
    await server.addChannel({ baseUrl, provider: "gemini", models: ["gemini-image"] })
    await server.addChannel({ baseUrl, provider: "deepseek", models: ["writer"] })
    await server.setPrice({ models: ["gpt-image-1", "gemini-image", "writer"] })
    await server.setPrice({
      models: ["dall-e-2", "dall-e-3"],
      type: "per-request",
      input: 0,
      output: toMicropoints(2),
    })
  })
  beforeEach(async () => {
    downloads.length = 0
    upstream.requests.length = 0
    const user = await server.addUser(points)
    key = user.key
    userId = user.actor.userId
    userName = user.actor.name
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const post = (path: string, body: object) =>
    fetch(`${server.url}/v1${path}`, {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    })
  const chat = (model: string, content: unknown, fields: object = {}) =>
    post("/chat/completions", { model, messages: [{ role: "user", content }], ...fields })

  async function paid(micropoints: number) {
    const balance = () => billing.balanceOf(server.deps.db, userId)
    await eventually(async () => (await balance()).held === 0)
    expect(toMicropoints(points) - (await balance()).available).toBe(micropoints)
  }

  describe("of models that only make pictures, asked in a chat", () => {
    test("are Markdown in the answer", async () => {
      upstream.answerWith(addressed)
      const { choices } = await (await chat("dall-e-3", "a cat")).json()
      expect(choices[0].message.content).toBe(`![image](${address})`)
      expect(upstream.requests[0]).toMatchObject({
        path: "/v1/images/generations",
        body: { model: "dall-e-3", prompt: "a cat" },
      })
      await paid(toMicropoints(2))
    })

    test("come in one piece of a stream, base64 as a data URL", async () => {
      upstream.answerWith(scriptedTasks)
      const text = await (await chat("gpt-image-1", "a cat", { stream: true })).text()
      expect(text).toContain(`![image](data:image/png;base64,${pixel})`)
      expect(text).toEndWith("data: [DONE]\n\n")
      await paid(110 * 2_000)
    })

    test("are edited when the question holds one", async () => {
      upstream.answerWith(scriptedTasks)
      const url = `data:image/png;base64,${pixel}`
      await chat("gpt-image-1", [
        { type: "text", text: "greener" },
        { type: "image_url", image_url: { url } },
      ])
      const [{ path, form }] = upstream.requests as [SimulatedUpstream["requests"][number]]
      expect(path).toBe("/v1/images/edits")
      expect(form!.get("prompt")).toBe("greener")
      expect((form!.get("image[]") as File).size).toBe(Buffer.from(pixel, "base64").length)
    })

    test("are kept in a conversation, paid for, and not shown to the next model as letters", async () => {
      upstream.answerWith(addressed)
      const browser = await signIn(server.url, userName)
      const socket = await browser.socket()
      socket.send(question({ model: "dall-e-3", text: "a cat" }))
      const { conversationId } = await socket.next("accepted")
      const { message } = await socket.next("done")
      expect(message.state).toBe("done")
      expect(message.text).toContain(`(data:image/png;base64,${pixel})`)
      await paid(toMicropoints(2))

      upstream.answerWith(scriptedOpenAi({ chunks: ["A cat"] }))
      const { id: parentId } = message
      socket.send(question({ conversationId, parentId, model: "writer", text: "What is it?" }))
      await socket.next("done")
      const { messages } = upstream.requests.at(-1)!.body
      expect(messages.map(({ content }: any) => content.trim())).toEqual([
        "a cat",
        "![](…)",
        "What is it?",
      ])
      socket.close()
    })

    test.each([
      ["no words", "", {}],
      ["several answers", "a cat", { n: 2 }],
    ])("with %s: refused, nothing charged", async (_, content, fields) => {
      const response = await chat("dall-e-3", content, fields)
      expect(response.status).toBe(400)
      expect(upstream.requests).toHaveLength(0)
      await paid(0)
    })
  })

  describe("of models that draw in a chat, asked for at images/generations", () => {
    test("are the result", async () => {
      upstream.answerWith(drawing)
      const response = await post("/images/generations", { model: "gemini-image", prompt: "a cat" })
      const { data, usage } = await response.json()
      expect(data).toEqual([{ b64_json: pixel }])
      expect(usage).toMatchObject({ input_tokens: 6, output_tokens: 1_290 })
      await paid(1_296 * 2_000)
    })

    test("come as the last event for a caller who wants a stream", async () => {
      upstream.answerWith(drawing)
      const asked = { model: "gemini-image", prompt: "a cat", stream: true }
      const response = await post("/images/generations", asked)
      expect(response.headers.get("content-type")).toStartWith("text/event-stream")
      const [event, data] = (await response.text()).split("\n")
      expect(event).toBe("event: image_generation.completed")
      expect(JSON.parse(data!.slice(6))).toMatchObject({
        type: "image_generation.completed",
        b64_json: pixel,
        usage: { output_tokens: 1_290 },
      })
    })

    test("are found where they are shown as Markdown", async () => {
      upstream.answerWith(scriptedOpenAi({ chunks: [`There: ![cat](${address})`] }))
      const response = await post("/images/generations", { model: "writer", prompt: "a cat" })
      expect((await response.json()).data).toEqual([{ url: address }])
    })

    test("are missed by name when there are none, and nothing is charged", async () => {
      upstream.answerWith(scriptedOpenAi({ chunks: ["I cannot draw"] }))
      const response = await post("/images/generations", { model: "writer", prompt: "a cat" })
      expect(response.status).toBe(400)
      expect((await response.json()).error).toMatchObject({
        code: "image_generation_error",
        message: expect.stringContaining("I cannot draw"),
      })
      await paid(0)
    })
  })

  describe("are told as the caller wants them", () => {
    test("base64 where the upstream gave an address, fetched under the guard", async () => {
      upstream.answerWith(addressed)
      const asked = { model: "dall-e-3", prompt: "a cat", response_format: "b64_json" }
      const { data } = await (await post("/images/generations", asked)).json()
      expect(data).toEqual([{ b64_json: pixel }])
      expect(downloads).toEqual([address])
    })

    test("an address of ours where it gave base64, for an hour", async () => {
      upstream.answerWith(scriptedTasks)
      const asked = { model: "dall-e-2", prompt: "a cat", response_format: "url" }
      const { data } = await (await post("/images/generations", asked)).json()
      expect(data).toEqual([
        { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1\/pictures\/[\w-]{40,}$/) },
      ])
      const picture = await fetch(data[0].url)
      expect(picture.headers.get("content-type")).toBe("image/png")
      expect(Buffer.from(await picture.arrayBuffer()).toString("base64")).toBe(pixel)
      expect((await fetch(`${server.url}/v1/pictures/unknown`)).status).toBe(404)
    })

    test("as it came where the address leads nowhere", async () => {
      const url = "https://gone.example/1.png"
      upstream.answerWith({ headers: json, body: JSON.stringify({ data: [{ url }] }) })
      const asked = { model: "dall-e-3", prompt: "a cat", response_format: "b64_json" }
      const { data } = await (await post("/images/generations", asked)).json()
      expect(data).toEqual([{ url }])
    })
  })

  test("M B10: cost their price each where it is one per request", async () => {
    upstream.answerWith(scriptedTasks)
    await post("/images/generations", { model: "dall-e-2", prompt: "cats", n: 3 })
    await paid(toMicropoints(6))
    const sql = "select images, outcome from usage_log where user_id = ?"
    expect(await server.deps.db.rows(sql, [userId])).toEqual([{ images: 3, outcome: "done" }])
  })

  test.each([
    [500, 1],
    [502, 1],
    [504, 1],
    [429, 2],
    [503, 2],
    [401, 2],
  ])("after a %i %i channels in all are asked for them", async (status, times) => {
    upstream.answerWith({ status, headers: json, body: '{"error":{"message":"no"}}' })
    const models = [`twice-${status}`]
    for (const priority of [1, 2])
      await server.addChannel({ baseUrl: upstream.url, models, priority })
    await server.setPrice({ models })
    await post("/images/generations", { model: models[0], prompt: "a cat" })
    expect(upstream.requests).toHaveLength(times)
    await paid(0)
  })

  test("are asked for elsewhere when nobody listens", async () => {
    const gone = "http://127.0.0.1:1"
    await server.addChannel({ baseUrl: gone, models: ["moved"], priority: 9 })
    await server.addChannel({ baseUrl: upstream.url, models: ["moved"] })
    await server.setPrice({ models: ["moved"] })
    upstream.answerWith(scriptedTasks)
    const response = await post("/images/generations", { model: "moved", prompt: "a cat" })
    expect(response.status).toBe(200)
    expect(response.headers.get("x-attempts")).toBe("2")
    await paid(110 * 2_000)
  })
})
