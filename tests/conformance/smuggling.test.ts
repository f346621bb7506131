import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { connect } from "node:net"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { migrate, openDatabase } from "@nio/db"
import { freshSqlite } from "../support/databases.ts"
import { type Inbound, inbounds } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** How long a connection that stays open is listened to. */
const listenMs = 400

/** All a server says to these bytes, written at once, until it closes or falls silent. */
function say(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let said = ""
    const end = () => {
      socket.destroy()
      resolve(said)
    }
    let timer = setTimeout(end, listenMs)
    socket.on("data", (piece) => {
      said += piece
      clearTimeout(timer)
      timer = setTimeout(end, listenMs)
    })
    socket.on("close", end)
    socket.on("error", end)
  })
}

const statuses = (said: string) =>
  [...said.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map(([, status]) => Number(status))

describe("requests that two servers in a row could read differently (F1)", () => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  let cleanUp: () => Promise<void>

  beforeAll(async () => {
    const { options, remove } = await freshSqlite()
    const db = await openDatabase(options)
    await migrate(db)
    server = await startServer(db)
    upstream = await simulate(scriptedOpenAi({ chunks: ["hello"] }))
    await server.addChannel({ baseUrl: upstream.url, provider: "openai-compatible" })
    await server.setPrice({ models: ["m"] })
    key = (await server.addUser(1_000)).key
    cleanUp = async () => {
      await server.close()
      await upstream.close()
      await db.close()
      await remove()
    }
  })
  afterAll(() => cleanUp())

  for (const inbound of inbounds)
    describe(inbound.name, () => {
      const body = JSON.stringify(inbound.body({ said: "hi" }))
      const asked = (headers: readonly string[], sent: string, version = "HTTP/1.1") =>
        [
          `POST ${inbound.path({})} ${version}`,
          "Host: x",
          ...headersOf(inbound, key),
          ...headers,
          "",
          sent,
        ].join("\r\n")
      const length = `Content-Length: ${Buffer.byteLength(body)}`
      const chunked = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`
      const hidden = asked([length], body)
      const askedUpstream = async (bytes: string) => {
        const before = upstream.requests.length
        const said = await say(server.url, bytes)
        return { statuses: statuses(said), asked: upstream.requests.length - before }
      }

      test.each([
        [
          "a length and chunks",
          ["Content-Length: 6", "Transfer-Encoding: chunked"],
          `0\r\n\r\n${hidden}`,
        ],
        [
          "chunks and a length",
          ["Transfer-Encoding: chunked", "Content-Length: 6"],
          `0\r\n\r\n${hidden}`,
        ],
        ["two lengths", ["Content-Length: 0", length], hidden],
        ["a length that is none", ["Content-Length: +5"], hidden],
        ["a coding nobody knows", ["Transfer-Encoding: xchunked"], chunked + hidden],
      ])("%s: nothing hidden in the body is a request", async (_, headers, sent) => {
        const { asked: requests, statuses: seen } = await askedUpstream(asked(headers, sent))
        expect(requests).toBe(0)
        expect(seen.every((status) => status >= 400)).toBe(true)
      })

      test("chunks with extensions are one body", async () => {
        const extended = chunked.replace("\r\n", ';a="b"\r\n')
        const seen = await askedUpstream(asked(["Transfer-Encoding: chunked"], extended))
        expect(seen).toEqual({ statuses: [200], asked: 1 })
      })

      test("two requests without a pause are answered in order, each by its own rights, or not at all", async () => {
        const wrong = asked([length], body).replace(key, key.replaceAll(/[a-z]/g, "x"))
        const { statuses: seen, asked: requests } = await askedUpstream(
          asked([length], body) + wrong,
        )
        expect([200, 401].slice(0, seen.length)).toEqual(seen)
        expect(requests).toBe(seen.length > 0 ? 1 : 0)
      })

      test("who waits to be told to go on is told, or answered", async () => {
        const { statuses: seen, asked: requests } = await askedUpstream(
          asked([length, "Expect: 100-continue"], body),
        )
        expect(seen.filter((status) => status !== 100)).toEqual([200])
        expect(requests).toBe(1)
      })

      test("HTTP/1.0 is answered and closed, or refused", async () => {
        const { statuses: seen, asked: requests } = await askedUpstream(
          asked([length], body, "HTTP/1.0"),
        )
        expect(seen).toHaveLength(1)
        expect(requests).toBe(seen[0] === 200 ? 1 : 0)
      })
    })
})

const headersOf = (inbound: Inbound, key: string) =>
  Object.entries(inbound.auth(key)).map(([name, value]) => `${name}: ${value}`)
