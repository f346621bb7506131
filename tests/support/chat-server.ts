import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import type { Db } from "@nio/db"
import { type Browser, signIn } from "./browser.ts"
import { startServer, type TestServer } from "./relay.ts"

/** A server with one model `m`, and somebody with a thousand points at a browser. */
export type ChatServer = {
  server: TestServer
  upstream: SimulatedUpstream
  browser: Browser
  userId: string
  close(): Promise<void>
}

export const quickly = scriptedOpenAi({ chunks: ["Hello ", "there"], reasoning: ["hm"] })
export const endless = scriptedOpenAi({
  chunks: Array.from({ length: 2_000 }, () => "x"),
  delayMs: 15,
})

export async function startChat(db: Db): Promise<ChatServer> {
  const upstream = await simulate(quickly)
  const server = await startServer(db)
  await server.addChannel({ baseUrl: upstream.url })
  await server.setPrice({ models: ["m"] })
  const { actor } = await server.addUser(1_000)
  return {
    server,
    upstream,
    browser: await signIn(server.url, actor.name),
    userId: actor.userId,
    close: async () => {
      await server.close()
      await upstream.close()
    },
  }
}
