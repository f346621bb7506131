import { expect, test } from "bun:test"
import { hello, scriptedOpenAi, simulate, tell, upstreamAt } from "../testing/index.ts"
import { openai } from "./index.ts"

const body = { model: "m", input: "hi", stream: true }
const request = {
  ...hello,
  native: { dialect: "responses" as const, text: JSON.stringify(body), body },
}
const json = { "content-type": "application/json" }

test("who has no Responses API is asked in chat, and from then on at once", async () => {
  const chat = scriptedOpenAi({ chunks: ["Hello"] })
  await using up = await simulate((seen) =>
    seen.path.endsWith("/responses") ? { status: 404, body: "not found" } : chat(seen),
  )
  for (const _ of ["first", "second"]) {
    const { events, error } = await tell(openai, request, upstreamAt(up.url))
    expect(error).toBeUndefined()
    expect(events[0]).toMatchObject({ type: "text", delta: "Hello" })
  }
  const paths = up.requests.map(({ path }) => path)
  expect(paths).toEqual(["/v1/responses", "/v1/chat/completions", "/v1/chat/completions"])
})

test("a model that is missing is missing in chat too", async () => {
  const error = { message: "no such model", type: "invalid_request_error", code: "model_not_found" }
  await using up = await simulate({ status: 404, headers: json, body: JSON.stringify({ error }) })
  const told = await tell(openai, request, upstreamAt(up.url))
  expect(told.error).toMatchObject({ kind: "model-missing" })
  expect(up.requests).toHaveLength(1)
})
