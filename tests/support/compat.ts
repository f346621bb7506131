import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import type { Db } from "@nio/db"
import type { Actor } from "@nio/server/core/actor"
import { testPassword } from "./browser.ts"
import { quickly } from "./chat-server.ts"
import { startServer, type TestServer } from "./relay.ts"

/** Whatever the server says. */
export type Body = Record<string, any>

export type OldClients = Awaited<ReturnType<typeof startOldClients>>

/** A server with the model `m`, and somebody with a hundred points, a key, and a token of a session. */
export async function startOldClients(db: Db) {
  const server: TestServer = await startServer(db, {}, { trustedProxies: 1 })
  const upstream: SimulatedUpstream = await simulate(quickly)
  await server.addChannel({ baseUrl: upstream.url })
  await server.setPrice({ models: ["m"] })
  const { actor, key }: { actor: Actor; key: string } = await server.addUser(100)
  let callers = 0

  /** From an address of its own, for what one may ask for in a second is little. */
  const send = (path: string, init: RequestInit, credential = key) =>
    fetch(`${server.url}/api${path}`, {
      ...init,
      headers: {
        "x-forwarded-for": `203.0.113.${++callers}`,
        ...(credential && { authorization: credential }),
        ...init.headers,
      },
    })
  const get = async (path: string, credential?: string): Promise<Body> =>
    (await send(path, {}, credential)).json() as Promise<Body>
  const post = async (path: string, body: object, credential?: string): Promise<Body> =>
    (
      await send(path, { method: "POST", body: JSON.stringify(body) }, credential)
    ).json() as Promise<Body>
  const { token } = await post("/login", { username: actor.name, password: testPassword }, "")

  return {
    server,
    actor,
    key,
    token: String(token),
    send,
    get,
    post,
    /** A conversation of so many turns. @returns its number */
    async conversation(...questions: string[]): Promise<number> {
      const socket = await openOldSocket(server.url, { token: key, id: -1 })
      let number = 0
      for (const question of questions) number = (await socket.ask(question)).conversation ?? 0
      socket.close()
      return number
    },
    async close() {
      await server.close()
      await upstream.close()
    },
  }
}

/** What a server tells an old client. */
export type Frame = {
  conversation: number
  quota: number
  keyword: string
  message: string
  end: boolean
  plan: boolean
}

let sockets = 0

/**
 * The chat socket as old clients open it; `hello` is its first frame. Each comes from an address of
 * its own, where the server believes what it is told of that.
 */
export async function openOldSocket(url: string, hello: unknown) {
  const headers = { "x-forwarded-for": `198.51.100.${++sockets}` }
  const socket = withHeaders(`${url.replace("http", "ws")}/api/chat`, headers)
  const frames: Frame[] = []
  let wake = () => {}
  socket.onmessage = ({ data }) => {
    frames.push(JSON.parse(String(data)))
    wake()
  }
  const closed = new Promise<{ code: number }>((resolve) => {
    socket.onclose = ({ code }) => resolve({ code })
  })
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = () => reject(new Error("the socket did not open"))
  })
  socket.send(typeof hello === "string" ? hello : JSON.stringify(hello))
  let heard = 0

  /** The frames up to one that `is` so, from where the last call ended. */
  async function until(is: (frame: Frame) => boolean, withinMs = 4_000): Promise<Frame[]> {
    const deadline = performance.now() + withinMs
    for (;;) {
      const at = frames.findIndex((frame, index) => index >= heard && is(frame))
      if (at >= 0) {
        const some = frames.slice(heard, at + 1)
        heard = at + 1
        return some
      }
      const left = deadline - performance.now()
      if (left <= 0) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(frames)}`)
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), Bun.sleep(left)])
    }
  }

  return {
    frames,
    closed,
    send: (frame: unknown) =>
      socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    until,
    /** What is heard of the next turn. */
    async turn() {
      const heardOfIt = await until(({ end }) => end)
      const text = heardOfIt.map(({ message }) => message).join("")
      return { text, conversation: heardOfIt[0]?.conversation, end: heardOfIt.at(-1)! }
    },
    /** Asks, and hears the answer. */
    async ask(message: string, own: object = {}) {
      socket.send(JSON.stringify({ type: "chat", message, model: "m", ...own }))
      return this.turn()
    },
    close: () => socket.close(),
  }
}

/** Bun takes headers where a browser takes protocols, of which the types know only the latter. */
const withHeaders = (url: string, headers: Record<string, string>) =>
  new WebSocket(url, { headers } as unknown as string[])
