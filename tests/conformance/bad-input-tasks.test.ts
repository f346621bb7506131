import { afterAll, beforeAll, expect, test } from "bun:test"
import {
  faults,
  type SimulatedUpstream,
  scriptedTasks,
  simulate,
  slowly,
} from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const json = { "content-type": "application/json" }
const points = 10
const audio = new File([new Uint8Array(100)], "a.mp3", { type: "audio/mpeg" })

function form(fields: Record<string, string | Blob>) {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields)) made.append(name, value)
  return made
}

eachDatabase("bad input to work other than chat", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let userId: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedTasks)
    await server.addChannel({ baseUrl: upstream.url })
    await server.addChannel({ baseUrl: upstream.url, provider: "deepseek", models: ["chats"] })
    await server.setPrice({ models: ["m", "chats"] })
    const user = await server.addUser(points)
    key = user.key
    userId = user.actor.userId
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v1${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        ...(typeof body === "string" && json),
        ...headers,
      },
      body,
    })

  /** Every refusal has OpenAI's shape, no trace of our insides, and costs nothing. */
  async function refused(response: Response, status: number) {
    const text = await response.text()
    expect({ status: response.status, text }).toMatchObject({ status })
    const { error } = JSON.parse(text)
    for (const field of ["message", "type", "code"]) expect(error[field]).toBeString()
    expect(text).not.toMatch(/\bat .*\.ts:|node_modules|sk-upstream-secret|select |SQLITE/i)
    expect(response.headers.get("x-request-id")).toBeString()
    const balance = () => billing.balanceOf(server.deps.db, userId)
    await eventually(async () => (await balance()).held === 0)
    expect((await balance()).available).toBe(toMicropoints(points))
    return error
  }

  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`
  const paths = {
    "/embeddings": { input: "a" },
    "/images/generations": { prompt: "a" },
    "/audio/speech": { input: "a", voice: "alloy" },
    "/moderations": { input: "a" },
    "/rerank": { query: "a", documents: ["b"] },
  }

  for (const [path, fields] of Object.entries(paths)) {
    const valid = (more: object) => JSON.stringify({ model: "m", ...fields, ...more })
    test.each([
      ["no body", ""],
      ["half a body", '{"model":"m"'],
      ["a list", "[]"],
      ["nothing but a model", '{"model":"m"}'],
      ["a number for a model", valid({ model: 7 })],
      ["a NUL in the model", valid({ model: "m\u0000" })],
      ["100,000 levels of nesting", valid({}).replace("}", `,"x":${deep}}`)],
    ])(`${path}: %s: 400`, async (_, body) => {
      await refused(await post(path, body), 400)
    })

    test(`${path}: an unknown model: 404; one that only chats: 400`, async () => {
      const unknown = await refused(await post(path, valid({ model: "nope" })), 404)
      expect(unknown.code).toBe("model_not_found")
      if (path === "/images/generations") return
      const unfit = await refused(await post(path, valid({ model: "chats" })), 400)
      expect(unfit.code).toBe("model.unfit")
    })

    test(`${path}: 40 MB: 413; a form where JSON is wanted: 400; a wrong key: 401`, async () => {
      await refused(await post(path, "x".repeat(40 * 1024 * 1024)), 413)
      await refused(await post(path, form({ model: "m", ...{ file: audio } })), 400)
      await refused(await post(path, valid({}), { authorization: "Bearer sk-0" }), 401)
    })

    test.each(["html", "okWithError", "redirect", "unauthorized", "reset"] as const)(
      `${path}: an upstream that answers with %s: a 5xx of ours`,
      async (fault) => {
        upstream.answerWith(faults[fault])
        const response = await post(path, valid({}))
        expect(response.status).toBeOneOf([502, 503])
        await refused(response, response.status)
        upstream.answerWith(scriptedTasks)
      },
    )
  }

  test.each([
    ["/embeddings", { input: [] }],
    ["/embeddings", { input: "" }],
    ["/embeddings", { input: Array(3_000).fill("a") }],
    ["/embeddings", { input: [-1] }],
    ["/embeddings", { input: "a", dimensions: 0 }],
    ["/embeddings", { input: "a", encoding_format: "hex" }],
    ["/images/generations", { prompt: "a", n: 0 }],
    ["/images/generations", { prompt: "a", n: 1_000 }],
    ["/images/generations", { prompt: "a", n: -1 }],
    ["/images/generations", { prompt: "a", n: 2 ** 53 }],
    ["/images/generations", { prompt: "a", n: "9e9" }],
    ["/images/generations", { prompt: "a", response_format: "png" }],
    ["/audio/speech", { input: "" }],
    ["/rerank", { query: "a", documents: [] }],
    ["/rerank", { query: "a", documents: ["b"], top_n: -1 }],
  ])("%s of %j: 400", async (path, fields) => {
    await refused(await post(path, JSON.stringify({ model: "m", ...fields })), 400)
  })

  test.each([
    ["/audio/transcriptions", form({ model: "m" })],
    ["/audio/transcriptions", form({ file: audio })],
    ["/audio/transcriptions", form({ model: "m", file: "not a file" })],
    ["/audio/transcriptions", form({ model: audio, file: audio })],
    ["/audio/translations", form({ model: "m", file: "" })],
    ["/images/edits", form({ model: "m", image: audio })],
    ["/images/edits", form({ model: "m", image: audio, prompt: "a", n: "many" })],
    ["/images/variations", form({ model: "m", image: "x" })],
  ])("%s of a form that lacks something: 400", async (path, body) => {
    await refused(await post(path, body), 400)
  })

  test("a form that is none: 400", async () => {
    const type = (boundary: string) => ({ "content-type": `multipart/form-data${boundary}` })
    const path = "/audio/transcriptions"
    await refused(await post(path, "garbage", type("; boundary=x")), 400)
    await refused(await post(path, "garbage", type("")), 400)
    await refused(await post(path, "", type("; boundary=x")), 400)
    await refused(await post(path, '{"model":"m"}'), 400)
  })

  test("51 MB of a form, announced or not: 413", async () => {
    const huge = form({ model: "m", file: new File([new Uint8Array(51 * 1024 * 1024)], "a.mp3") })
    await refused(await post("/audio/transcriptions", huge), 413)
    const whole = new Response(huge)
    const headers = { "content-type": whole.headers.get("content-type")! }
    await refused(await post("/audio/transcriptions", whole.body!, headers), 413)
  })

  test("45 MB of a form are no trouble", async () => {
    const large = form({ model: "m", file: new File([new Uint8Array(45 * 1024 * 1024)], "a.mp3") })
    const { key: other } = await server.addUser(points)
    const authorization = `Bearer ${other}`
    const response = await post("/audio/transcriptions", large, { authorization })
    expect((await response.json()).text).toBe("Hello")
  })

  test("silence: a time-out of ours", async () => {
    const mute = await simulate(slowly(faults.html, 60_000))
    await server.addChannel({ baseUrl: mute.url, models: ["mute"], firstByteSeconds: 1 })
    await server.setPrice({ models: ["mute"] })
    await refused(await post("/embeddings", '{"model":"mute","input":"a"}'), 504)
    await mute.close()
  })

  test("nothing a caller writes leads our key elsewhere", async () => {
    const elsewhere = await simulate(scriptedTasks)
    const { key: other } = await server.addUser(points)
    const variable = "$" + "{HOME}"
    const away = { base_url: elsewhere.url, api_base: elsewhere.url, organization: variable }
    const headers = { authorization: `Bearer ${other}`, "openai-organization": "org-theirs" }
    const body = JSON.stringify({ model: "m", input: variable, ...away })
    expect((await post("/embeddings", body, headers)).status).toBe(200)
    expect(elsewhere.requests).toHaveLength(0)
    const seen = upstream.requests.at(-1)!
    expect(seen.body).toMatchObject({ input: variable, organization: variable })
    expect(seen.headers.get("authorization")).toBe("Bearer sk-upstream-secret")
    expect(seen.headers.has("openai-organization")).toBe(false)
    await elsewhere.close()
  })

  test.each([
    ["as it is", "sk-upstream-secret"],
    ["in base64", Buffer.from("sk-upstream-secret").toString("base64")],
    ["in an address", "http://127.0.0.1:1/v1?key=sk-upstream-secret"],
  ])("an upstream that quotes our key %s quotes it in vain", async (_, secret) => {
    const error = { message: `Bad key ${secret}`, type: "invalid_request_error", param: secret }
    upstream.answerWith({ status: 400, headers: json, body: JSON.stringify({ error }) })
    const told = await refused(await post("/embeddings", '{"model":"m","input":"a"}'), 400)
    expect(JSON.stringify(told)).not.toContain("upstream-secret")
    expect(JSON.stringify(told)).not.toContain(secret)
    upstream.answerWith(scriptedTasks)
  })

  test("audio that breaks off breaks off for the caller, too", async () => {
    const { key: other } = await server.addUser(points)
    const headers = { "content-type": "audio/mpeg" }
    const pieces = [new Uint8Array(10), new Uint8Array(10)]
    upstream.answerWith({ headers, body: pieces, pauseMs: 100, end: "reset" })
    const authorization = `Bearer ${other}`
    const body = '{"model":"m","input":"a","voice":"x"}'
    const response = await post("/audio/speech", body, { authorization })
    expect(response.status).toBe(200)
    expect(await response.bytes().catch(() => "broken")).toBe("broken")
    upstream.answerWith(scriptedTasks)
  })

  test("a caller who hangs up ends the upstream's work", async () => {
    const { key: other } = await server.addUser(points)
    const slow = Array.from({ length: 200 }, () => new Uint8Array(10))
    upstream.answerWith({ headers: { "content-type": "audio/mpeg" }, body: slow, pauseMs: 20 })
    const gone = new AbortController()
    const response = await fetch(`${server.url}/v1/audio/speech`, {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${other}` },
      body: '{"model":"m","input":"a","voice":"x"}',
      signal: gone.signal,
    })
    await response.body!.getReader().read()
    gone.abort()
    await eventually(() => upstream.requests.at(-1)!.cancelled)
    upstream.answerWith(scriptedTasks)
  })
})
