import { expect, test } from "bun:test"
import type { ChatRequest } from "../spec/index.ts"
import { hello, startMock, tell, upstreamAt } from "../testing/index.ts"
import { vertex } from "./index.ts"
import { readKey, rootOf } from "./key.ts"
import { mock } from "./mock.ts"

async function ask(own: Partial<ChatRequest>) {
  await using up = await startMock(mock, { script: { chunks: ["Grüße"] } })
  const { baseUrl, key } = mock.channel(up.url)
  const upstream = upstreamAt(baseUrl, { key, headers: { "x-own": "1" } })
  const first = await tell(vertex, { ...hello, ...own }, upstream)
  const second = await tell(vertex, { ...hello, ...own, stream: false }, upstream)
  const says = { type: "text", choice: 0, delta: "Grüße" }
  expect([first.error, second.error]).toEqual([undefined, undefined])
  expect([first.events[0], second.events[0]]).toMatchObject([says, says])
  return up.requests
}

test.each([
  ["gemini-2.5-flash", "publishers/google/models/gemini-2.5-flash:generateContent"],
  ["claude-haiku-4-5@20251001", "publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict"],
  ["meta/llama-4-maverick", "endpoints/openapi/chat/completions"],
])("%s is asked at %s, and the token is kept", async (model, path) => {
  const [token, streamed, whole, ...more] = await ask({ model })
  expect(token?.path).toBe("/token")
  expect(token?.headers.has("x-own")).toBe(false)
  expect(streamed?.headers.get("x-own")).toBe("1")
  expect(whole?.path).toBe(`/v1/projects/mock-project/locations/us-central1/${path}`)
  expect(more).toEqual([])
})

const account = '{"client_email":"a@b","private_key":"k","project_id":"p"}'

test.each([
  [`${account}|europe-west4`, "europe-west4", "p"],
  [account, undefined, "p"],
  [Buffer.from(account).toString("base64"), undefined, "p"],
  ["AQ.express|global", "global", undefined],
])("a key like %p names a region and a project", (key, region, project) => {
  const read = readKey(key)
  expect([read.region, read.project]).toEqual([region as string, project as string])
})

test.each([
  ["https://aiplatform.googleapis.com", {}, "https://aiplatform.googleapis.com/v1"],
  [
    "https://aiplatform.googleapis.com",
    { project: "p" },
    "https://aiplatform.googleapis.com/v1/projects/p/locations/global",
  ],
  [
    "https://aiplatform.googleapis.com",
    { project: "p", region: "us-east5" },
    "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5",
  ],
  [
    "https://europe-west4-aiplatform.googleapis.com",
    { project: "p" },
    "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4",
  ],
  [
    "https://aiplatform.eu.rep.googleapis.com/v1beta1",
    { project: "p" },
    "https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/p/locations/eu",
  ],
  [
    "http://proxy/v1/projects/x/locations/y",
    { project: "p" },
    "http://proxy/v1/projects/x/locations/y",
  ],
])("%s with %j is asked under %s", (baseUrl, key, root) => {
  expect(rootOf({ baseUrl }, key)).toBe(root)
})

test("a secret that is no account, or has no key, is a matter of the key", async () => {
  for (const key of ['{"type":"x"}', account]) {
    const { error } = await tell(vertex, hello, upstreamAt("http://127.0.0.1:1", { key }))
    expect(error).toMatchObject({ kind: "auth" })
  }
})
