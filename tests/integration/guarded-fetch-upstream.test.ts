import { expect, test } from "bun:test"
import { upstreamFetch } from "@nio/server/infra/upstream-fetch"

test("an upstream's redirect is handed back, not followed with our key", async () => {
  const asked: string[] = []
  using server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) => {
      asked.push(new URL(request.url).pathname)
      return new Response(null, { status: 307, headers: { location: "/elsewhere" } })
    },
  })
  const headers = { authorization: "Bearer sk" }
  const response = await upstreamFetch(`${server.url}v1`, { method: "POST", body: "{}", headers })
  expect(response.status).toBe(307)
  expect(asked).toEqual(["/v1"])
})
