import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test"
import {
  pixel,
  type SimulatedUpstream,
  scriptedGemini,
  scriptedOpenAi,
  simulate,
  type Transcript,
} from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { downloadBy } from "@nio/server/infra/download"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** A public place, as far as these tests go: one port of this machine, by one name. */
const publicName = "pictures.example"
const points = 100

const png: Transcript = {
  headers: { "content-type": "text/plain" },
  body: Buffer.from(pixel, "base64"),
}

eachDatabase("a picture by its address, where the upstream takes none", (open) => {
  let server: TestServer
  let place: SimulatedUpstream
  let upstreams: Record<string, SimulatedUpstream>
  let key: string
  let userId: string
  const guard = {
    resolve: async (host: string) => (host === publicName ? ["127.0.0.1"] : ["10.0.0.1"]),
    allows: (address: string) => address === "127.0.0.1",
  }
  let download = downloadBy(guard)

  beforeAll(async () => {
    place = await simulate(png)
    server = await startServer((await open()).db, {
      download: (address, limits) => download(address, limits),
    })
    upstreams = {
      gemini: await simulate(scriptedGemini({ chunks: ["a pixel"] })),
      moonshot: await simulate(scriptedOpenAi({ chunks: ["a pixel"] })),
    }
    for (const [provider, { url }] of Object.entries(upstreams)) {
      await server.addChannel({ baseUrl: url, provider, models: [provider] })
      await server.setPrice({ models: [provider] })
    }
  })
  beforeEach(async () => {
    for (const upstream of [place, ...Object.values(upstreams)]) upstream.requests.length = 0
    place.answerWith(png)
    const user = await server.addUser(points)
    key = user.key
    userId = user.actor.userId
  })
  afterAll(async () => {
    await server.close()
    for (const upstream of [place, ...Object.values(upstreams)]) await upstream.close()
  })

  const at = (path: string) => `http://${publicName}:${new URL(place.url).port}${path}`

  const see = (model: string, url: string) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({
        model,
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "?" },
              { type: "image_url", image_url: { url } },
            ],
          },
        ],
      }),
    })

  async function refusedFor(response: Response, why: RegExp) {
    const { error } = await response.json()
    expect({ status: response.status, ...error }).toMatchObject({
      status: 400,
      code: "invalid_image_url",
    })
    expect(error.message).toMatch(why)
    const balance = await billing.balanceOf(server.deps.db, userId)
    expect(balance).toEqual({ available: toMicropoints(points), held: 0 })
    for (const upstream of Object.values(upstreams)) expect(upstream.requests).toHaveLength(0)
  }

  test.each(["gemini", "moonshot"])(
    "%s is sent the picture itself, and nobody our key",
    async (model) => {
      const response = await see(model, at("/cat"))
      expect(response.status).toBe(200)
      const asked = upstreams[model]!.requests[0]!.text
      expect(asked).toContain(pixel)
      expect(asked).not.toContain(publicName)
      const [seen] = place.requests
      expect(seen!.path).toBe("/cat")
      for (const name of ["authorization", "cookie", "x-api-key", "x-goog-api-key"])
        expect(seen!.headers.has(name)).toBe(false)
    },
  )

  test.each([
    "http://127.0.0.1/",
    "http://0.0.0.0/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00::1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/",
    "http://localhost./",
    "http://inside.example/",
    "http://user@127.0.0.1/",
    "http://127.0.0.1#@pictures.example/",
    "http://127.0.0.1\\@pictures.example/",
  ])("%s leads inside: refused, nothing asked, nothing charged", async (url) => {
    download = downloadBy()
    await refusedFor(await see("gemini", url), /could not be fetched/)
    download = downloadBy(guard)
  })

  test("a redirect inside is not followed", async () => {
    place.answerWith({ status: 302, headers: { location: "http://inside.example/secret" } })
    await refusedFor(await see("gemini", at("/lure")), /not on the public internet/)
  })

  test("S4: what is not there, or no picture, or without end, is said to be so", async () => {
    place.answerWith({ status: 404, body: "gone" })
    await refusedFor(await see("gemini", at("/gone")), /answered 404/)
    place.answerWith({ headers: { "content-type": "text/html" }, body: "<html>secret</html>" })
    await refusedFor(await see("moonshot", at("/page")), /not a picture/)
    place.answerWith({ body: Buffer.alloc(21_000_000), cutBytes: 1_000_000 })
    await refusedFor(await see("gemini", at("/endless")), /larger than/)
  })
})
