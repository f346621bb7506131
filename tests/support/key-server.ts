import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import type { Db } from "@nio/db"
import { type ApiKeyLimits, noLimits } from "@nio/server/contract"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { createClock } from "./clock.ts"
import { startServer } from "./relay.ts"

/** Three words: with the seven tokens of the question, ten tokens by the upstream's count. */
export const threeWords = scriptedOpenAi({ chunks: ["one ", "two ", "three "] })
export const tokensEach = 10

export type KeyServer = Awaited<ReturnType<typeof startKeyServer>>

/** A server by a clock of its own with the models `m` and `n`, for keys with limits. */
export async function startKeyServer(db: Db) {
  const clock = createClock(Date.now())
  const server = await startServer(db, { now: clock.now })
  const upstream: SimulatedUpstream = await simulate(threeWords)
  await server.addChannel({ baseUrl: upstream.url, models: ["m", "n"] })
  await server.setPrice({ models: ["m", "n"] })

  const stream = (key: string, body: object = {}, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body: JSON.stringify({
        model: "m",
        messages: [{ role: "user", content: "hi" }],
        stream: true,
        ...body,
      }),
    })

  return {
    server,
    upstream,
    clock,
    /** A key of somebody with a thousand points. */
    async limited(limits: Partial<ApiKeyLimits>, spendCap: number | null = null) {
      const { actor } = await server.addUser(1_000)
      const terms = { limits: { ...noLimits, ...limits }, spendCap }
      return { actor, ...(await createApiKey(server.deps, actor, "limited", terms)) }
    },
    /** Asks for a whole answer, which has come when this resolves. */
    ask: async (key: string, body: object = {}, headers: Record<string, string> = {}) => {
      const answer = await stream(key, { stream: false, ...body }, headers)
      return new Response(await answer.text(), answer)
    },
    stream,
    async close() {
      await server.close()
      await upstream.close()
    },
  }
}

/** What an OpenAI client reads of a refusal. */
export async function refusalOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; type: string }
  }
  return { status: response.status, ...error }
}
