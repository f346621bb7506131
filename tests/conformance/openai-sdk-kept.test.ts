import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import OpenAI from "openai"
import { eachDatabase } from "../support/databases.ts"
import { responsesUpstreams, words } from "../support/dialects.ts"
import { eventually } from "../support/eventually.ts"
import { refusal } from "../support/refusal.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const text = words.join("")
eachDatabase("answers that are kept", (open) => {
  let server: TestServer
  const client = (apiKey: string) =>
    new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 })

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m", "poor"] })
  })
  afterAll(() => server.close())

  for (const [dialect, { scripted, provider }] of Object.entries(responsesUpstreams)) {
    describe(`over an upstream that speaks ${dialect}`, () => {
      let upstream: SimulatedUpstream
      let channelId: string
      let openai: OpenAI

      beforeAll(async () => {
        upstream = await simulate(scripted({ chunks: words }))
        channelId = await server.addChannel({ baseUrl: upstream.url, provider, models: ["m"] })
        const { key } = await server.addUser(100_000)
        openai = client(key)
      })
      beforeEach(() => upstream.answerWith(scripted({ chunks: words })))
      afterAll(async () => {
        await server.removeChannel(channelId)
        await upstream.close()
      })

      test("a conversation goes on from what is kept, for its own key alone", async () => {
        const first = await openai.responses.create({ model: "m", input: "My name is Ada." })
        upstream.answerWith(scripted({ chunks: ["Ada."] }))
        const second = await openai.responses.create({
          model: "m",
          input: [{ role: "user", content: "My name?" }],
          previous_response_id: first.id,
        })
        expect(second.previous_response_id).toBe(first.id)
        const sent = upstream.requests.at(-1)!
        // An upstream that keeps the turn itself is not told again.
        if (dialect === "responses") expect(sent.body.previous_response_id).toBe(first.id)
        else
          for (const said of ["My name is Ada.", text, "My name?"])
            expect(sent.text).toContain(said)

        const got = await openai.responses.retrieve(second.id)
        expect(got.output_text).toBe("Ada.")
        const items = await openai.responses.inputItems.list(second.id)
        expect(items.data).toMatchObject([{ type: "message", role: "user" }])

        const stranger = client((await server.addUser(100_000)).key)
        expect(await refusal(stranger.responses.retrieve(first.id))).toMatchObject({ status: 404 })
        expect(await refusal(stranger.responses.delete(first.id))).toMatchObject({ status: 404 })
        const from = { model: "m", input: "hi", previous_response_id: first.id }
        expect(await refusal(stranger.responses.create(from))).toMatchObject({
          status: 400,
          code: "previous_response_not_found",
        })

        await openai.responses.delete(first.id)
        expect(await refusal(openai.responses.retrieve(first.id))).toMatchObject({ status: 404 })
        expect(await refusal(openai.responses.create(from))).toMatchObject({ status: 400 })
      })

      test("what must not be kept is not", async () => {
        const { id } = await openai.responses.create({ model: "m", input: "hi", store: false })
        expect(await refusal(openai.responses.retrieve(id))).toMatchObject({ status: 404 })
      })

      test("in the background: polled, and followed", async () => {
        upstream.answerWith(scripted({ chunks: words, delayMs: 30 }))
        const begun = await openai.responses.create({ model: "m", input: "hi", background: true })
        expect(begun.status).toBe("queued")
        const now = () => openai.responses.retrieve(begun.id)
        await eventually(async () => (await now()).status === "completed")
        expect(await now()).toMatchObject({ id: begun.id, background: true, output_text: text })
        expect(upstream.requests.at(-1)!.body.background).toBeUndefined()

        const stream = await openai.responses.create({
          model: "m",
          input: "hi",
          background: true,
          stream: true,
        })
        let id = ""
        for await (const event of stream)
          if (event.type === "response.created") {
            id = event.response.id
            break
          }
        // Its caller has hung up; it goes on, and can be followed from where he left.
        const rest = await openai.responses.retrieve(id, { stream: true, starting_after: 0 })
        const events: OpenAI.Responses.ResponseStreamEvent[] = []
        for await (const event of rest) events.push(event)
        expect(events[0]?.sequence_number).toBe(1)
        expect(events.at(-1)).toMatchObject({ type: "response.completed", response: { id } })
      })

      test("in the background: cancelled", async () => {
        upstream.answerWith(scripted({ chunks: Array(100).fill("slow "), delayMs: 50 }))
        const { id } = await openai.responses.create({ model: "m", input: "hi", background: true })
        await Bun.sleep(200)
        expect(await openai.responses.cancel(id)).toMatchObject({ id, status: "cancelled" })
        const seen = upstream.requests.at(-1)!
        await eventually(async () => seen.cancelled)
        expect((await openai.responses.retrieve(id)).status).toBe("cancelled")
        await server.deps.underway.drained(5_000)
        expect((await openai.responses.retrieve(id)).status).toBe("cancelled")
      })
    })
  }
})
