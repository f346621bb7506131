import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type AnswerWith, type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { inbounds, type Question } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const perToken = 2_000
const sse = { "content-type": "text/event-stream" }
const points = 10

eachDatabase("the bill is the same in every format", (open) => {
  let server: TestServer
  let models = 0

  beforeAll(async () => {
    server = await startServer((await open()).db)
  })
  afterAll(() => server.close())

  for (const inbound of inbounds) {
    const { provider, upstream: says } = inbound

    describe(inbound.name, () => {
      /** Somebody who asks a model of their own of an upstream of their own. */
      async function asking(answer: AnswerWith, mapping: string[] = []) {
        const upstream: SimulatedUpstream = await simulate(answer)
        const { actor, key } = await server.addUser(points)
        const model = `m${++models}`
        await server.addChannel({ baseUrl: upstream.url, provider, models: [model], mapping })
        await server.setPrice({ models: [model] })
        return {
          upstream,
          model,
          ask: (question: Question = {}, init: RequestInit = {}) => {
            const asked = { model, ...question }
            return fetch(`${server.url}${inbound.path(asked)}`, {
              method: "POST",
              headers: inbound.auth(key),
              body: JSON.stringify(inbound.body(asked)),
              ...init,
            })
          },
          /** What was spent, in tokens, when nothing is set aside any more. */
          async spent() {
            const balance = () => billing.balanceOf(server.deps.db, actor.userId)
            await eventually(async () => (await balance()).held === 0)
            return (toMicropoints(points) - (await balance()).available) / perToken
          },
        }
      }

      const streamOf = (...rest: string[]) => ({
        headers: sse,
        body: says.start + says.delta("one two three") + rest.join(""),
      })

      test.each([
        ["as it says", [undefined, undefined], 9],
        ["by us when it says less than nothing", [-5, -9], undefined],
        ["by us when it says more than there is", [1e308, 1e308], undefined],
        ["by us when it says no number", ['"7"', '"2"'], undefined],
        ["by us when it says null", ["null", "null"], undefined],
      ] as const)("an upstream counts: charged %s (A5)", async (_, [input, output], tokens) => {
        const { upstream, ask, spent } = await asking(
          streamOf(says.usage(input as number, output as number), says.end),
        )
        await (await ask({ stream: true })).text()
        const charged = await spent()
        if (tokens !== undefined) expect(charged).toBe(tokens)
        expect(charged).toBeGreaterThan(0)
        expect(charged).toBeLessThan(100)
        await upstream.close()
      })

      // A response is over with its count.
      if (inbound.id !== "responses")
        test("a count that comes twice counts once, and the last one counts (A5)", async () => {
          const { upstream, ask, spent } = await asking(
            streamOf(says.usage(50, 50), says.usage(7, 2), says.end),
          )
          await (await ask({ stream: true })).text()
          expect(await spent()).toBe(9)
          await upstream.close()
        })

      test("a caller who does not ask for the count is counted all the same (A16)", async () => {
        const { upstream, ask, spent } = await asking(streamOf(says.usage(), says.end))
        await (await ask({ stream: true, stream_options: { include_usage: false } })).text()
        expect(await spent()).toBe(9)
        await upstream.close()
      })

      test.each([1, 30, 59])(
        "hanging up after %d of 60 words: charged for those, once (A3)",
        async (read) => {
          const body = [
            says.start,
            ...Array<string>(60).fill(says.delta("word ")),
            says.usage(),
            says.end,
          ]
          const { upstream, ask, spent } = await asking({ headers: sse, body, pauseMs: 2 })
          const abort = new AbortController()
          const response = await ask({ stream: true }, { signal: abort.signal })
          let text = ""
          const decoder = new TextDecoder()
          for await (const bytes of response.body!) {
            text += decoder.decode(bytes, { stream: true })
            if (text.split("word ").length > read) break
          }
          abort.abort()
          const charged = await spent()
          expect(charged).toBeGreaterThanOrEqual(read)
          expect(charged).toBeLessThan(read + 30)
          await eventually(() => upstream.requests[0]?.cancelled === true)
          await upstream.close()
        },
      )

      test("nothing said before an error: nothing charged (A4)", async () => {
        const { upstream, ask, spent } = await asking({
          headers: sse,
          body: `event: error\ndata: ${says.error("no", 500)}\n\n`,
        })
        expect((await ask({ stream: true })).status).toBeGreaterThanOrEqual(400)
        expect(await spent()).toBe(0)
        await upstream.close()
      })

      test("compressed bytes that are none: an error of ours, nothing charged (F8)", async () => {
        const { upstream, ask, spent } = await asking({
          headers: { "content-type": "application/json", "content-encoding": "gzip" },
          body: says.whole("hi"),
        })
        expect((await ask()).status).toBe(inbound.unavailable)
        expect(await spent()).toBe(0)
        await upstream.close()
      })

      test("a model that stands for another costs what its own name costs (A17)", async () => {
        const name = `dear-${inbound.id}`
        await server.setPrice({ models: [name], type: "per-request", input: 0, output: 5_000_000 })
        const { upstream, ask, spent, model } = await asking({
          headers: { "content-type": "application/json" },
          body: says.whole("hi"),
        })
        await server.addChannel({
          baseUrl: upstream.url,
          provider,
          models: ["cheap"],
          mapping: [`${name}>${model}`],
        })
        const sent = { model: name }
        expect((await ask(sent)).status).toBe(200)
        expect((await spent()) * perToken).toBe(5_000_000)
        await upstream.close()
      })
    })
  }

  test("and the books are right", async () => {
    expect(await verifyLedger(server.deps)).toEqual([])
  })
})
