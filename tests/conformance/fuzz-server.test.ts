import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { getBalance } from "@nio/server/core/user/get-balance"
import fc from "fast-check"
import { damage, damaged } from "../support/damage.ts"
import { eachDatabase } from "../support/databases.ts"
import { responsesUpstreams } from "../support/dialects.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** Few: a failure is tried again, and that takes its time. Parsers alone are tried far more. */
const numRuns = 10
const seed = Date.now() & 0x7fffffff
console.log(`answers are damaged by the seed ${seed}`)

const said = {
  chunks: ["Grüße", ", ", "世界"],
  reasoning: ["hm"],
  toolCalls: [{ id: "call_1", name: "f", arguments: '{"a":1}' }],
}
const messages = [{ role: "user", content: "hi" }]
const callers: Record<string, (model: string, stream: boolean) => [path: string, body: object]> = {
  openai: (model, stream) => ["/v1/chat/completions", { model, messages, stream }],
  anthropic: (model, stream) => ["/v1/messages", { model, messages, stream, max_tokens: 9 }],
  gemini: (model, stream) => [
    `/v1beta/models/${model}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`,
    { contents: [{ role: "user", parts: [{ text: "hi" }] }] },
  ],
  responses: (model, stream) => ["/v1/responses", { model, input: "hi", stream }],
  completions: (model, stream) => ["/v1/completions", { model, prompt: "hi", stream }],
}

eachDatabase("damaged answers, through the whole server", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let user: Awaited<ReturnType<TestServer["addUser"]>>

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate({})
    user = await server.addUser(1_000_000)
    for (const [dialect, { provider }] of Object.entries(responsesUpstreams)) {
      const names = [dialect]
      await server.addChannel({ baseUrl: upstream.url, provider, models: names, tries: 1 })
      await server.setPrice({ models: names })
    }
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  test.each(Object.keys(callers))(
    "a caller of %s is told, in JSON, and pays once or nothing",
    async (caller) => {
      const dialects = fc.constantFrom(...Object.keys(responsesUpstreams))
      await fc.assert(
        fc.asyncProperty(damage, dialects, fc.boolean(), async (hits, dialect, stream) => {
          const { scripted } = responsesUpstreams[dialect as keyof typeof responsesUpstreams]
          const answer = scripted(said)
          upstream.answerWith((seen) => damaged(answer(seen), hits))
          const before = await getBalance(server.deps, user.actor)
          const [path, body] = callers[caller]!(dialect, stream)
          const response = await fetch(server.url + path, {
            method: "POST",
            headers: { authorization: `Bearer ${user.key}` },
            body: JSON.stringify(body),
          })
          const text = await response.text()

          expect([200, 400, 402, 404, 429, 502, 503, 504, 529]).toContain(response.status)
          // Told in the upstream's own bytes, which are as damaged as they came.
          const native =
            caller === (dialect === "responses" && caller === "openai" ? caller : dialect)
          if (response.status !== 200) expect(JSON.parse(text)).toHaveProperty("error")
          else if (!native && !stream) expect(JSON.parse(text)).toBeObject()
          else if (!native)
            for (const [, data] of text.matchAll(/^data: ([^\n]*)\n/gm))
              if (data !== "[DONE]") expect(JSON.parse(data!)).toBeObject()

          expect(await server.deps.underway.drained(5_000)).toBe(true)
          const after = await getBalance(server.deps, user.actor)
          expect(after.held).toBe(0)
          if (response.status !== 200) expect(after.available).toBe(before.available)
          else expect(after.available).toBeLessThanOrEqual(before.available)
        }),
        { numRuns, seed },
      )
    },
    60_000,
  )
})
