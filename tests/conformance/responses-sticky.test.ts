import { expect, test } from "bun:test"
import { scriptedResponses, simulate } from "@nio/adapters/testing"
import { migrate, openDatabase } from "@nio/db"
import OpenAI from "openai"
import { freshSqlite } from "../support/databases.ts"
import { startServer } from "../support/relay.ts"

test("a conversation stays with the channel that keeps it, and moves on whole when that one fails", async () => {
  const { options, remove } = await freshSqlite()
  const db = await openDatabase(options)
  await migrate(db)
  const server = await startServer(db)
  const upstreams = await Promise.all(
    [1, 2, 3].map(() => simulate(scriptedResponses({ chunks: ["yes"] }))),
  )
  await server.setPrice({ models: ["m"] })
  for (const { url } of upstreams) await server.addChannel({ baseUrl: url, models: ["m"] })
  const { key } = await server.addUser(100_000)
  const openai = new OpenAI({ apiKey: key, baseURL: `${server.url}/v1`, maxRetries: 0 })

  let last = await openai.responses.create({ model: "m", input: "turn 0" })
  const keeper = upstreams.find(({ requests }) => requests.length > 0)!
  for (let turn = 1; turn < 8; turn++) {
    const from = last.id
    last = await openai.responses.create({
      model: "m",
      input: `turn ${turn}`,
      previous_response_id: from,
    })
    expect(keeper.requests).toHaveLength(turn + 1)
    expect(keeper.requests.at(-1)!.body).toMatchObject({
      previous_response_id: from,
      input: `turn ${turn}`,
    })
  }

  keeper.answerWith({ status: 503, body: "{}" })
  const moved = await openai.responses.create({
    model: "m",
    input: "turn 8",
    previous_response_id: last.id,
  })
  expect(moved.output_text).toBe("yes")
  const other = upstreams.find((up) => up !== keeper && up.requests.length > 0)!
  const { body, text } = other.requests.at(-1)!
  expect(body.previous_response_id).toBeUndefined()
  for (let turn = 0; turn <= 8; turn++) expect(text).toContain(`turn ${turn}`)
  expect(text.match(/"yes"/g)).toHaveLength(8)

  await server.close()
  for (const up of upstreams) await up.close()
  await db.close()
  await remove()
})
