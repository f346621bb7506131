import { bearer, jsonAnswer, special } from "./traffic.ts"

/**
 * What every relay is measured against: parse, check a key, fetch, pass the answer on. No limits,
 * no money, no log. A remembered answer is given without a fetch: a bare JSON route. Prints its port; the upstream's address is its argument.
 */
const upstream = process.argv[2]

const remembered: unknown = JSON.parse(jsonAnswer)

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 255,
  async fetch(request) {
    if (request.headers.get("authorization") !== `Bearer ${bearer}`)
      return Response.json({ error: "no" }, { status: 401 })
    const body = await request.json()
    if (body.model === special.remembered) return Response.json(remembered)
    const answer = await fetch(`${upstream}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer sk-upstream" },
      body: JSON.stringify(body),
      signal: request.signal,
    })
    const type = answer.headers.get("content-type") ?? "application/json"
    return new Response(answer.body, { status: answer.status, headers: { "content-type": type } })
  },
})
console.log(server.port)
