import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import type { Db } from "@nio/db"
import type { SettingKey, Settings } from "@nio/server/contract"
import { setSetting } from "@nio/server/core/live/set-setting"
import { createMemoryKv } from "@nio/server/infra/kv-memory"
import { eventually } from "./eventually.ts"
import { startServer, type TestServer } from "./relay.ts"

export const blue = {
  chunks: ["The sky ", "is ", "blue."],
  reasoning: ["hm"],
  usage: { input: 7, output: 3 },
}

export type Remembering = Awaited<ReturnType<typeof startRemembering>>

/** A server whose models' answers are told again, and a way to ask it. */
export async function startRemembering(db: Db) {
  const kv = recordingKv()
  const chance = { value: 0 }
  const server = await startServer(db, { kv, random: () => chance.value })
  const upstream: SimulatedUpstream = await simulate(scriptedOpenAi(blue))
  let models = 0

  const set = <Key extends SettingKey>(key: Key, value: Settings[Key]) =>
    setSetting(server.deps, server.admin, { key, value })

  const post = (key: string, body: string, { path = "/v1/chat/completions" } = {}) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body,
    })

  async function ask(key: string, body: object) {
    const question = { messages: [{ role: "user", content: "Why blue?" }], ...body }
    const answer = await post(key, JSON.stringify(question))
    return {
      status: answer.status,
      cache: answer.headers.get("x-cache"),
      text: await answer.text(),
    }
  }

  return {
    server,
    upstream,
    kv,
    chance,
    set,
    post,
    ask,
    /** A model whose answers are kept, with an upstream that says `blue`. */
    async model(price: Partial<Parameters<TestServer["setPrice"]>[0]> = {}) {
      const name = `cached-${++models}`
      upstream.answerWith(scriptedOpenAi(blue))
      // One that only chats: each dialect of a caller is then told from the same words.
      const provider = "openai-compatible"
      await server.addChannel({ provider, baseUrl: upstream.url, models: [name] })
      await server.setPrice({ ...price, models: [name] })
      await set("cache.models", [...server.deps.live.current().settings["cache.models"], name])
      return name
    },
    /** Asks until the answer is remembered, which is a moment after it was given. */
    async askUntilKept(key: string, body: object) {
      const size = kv.stored.size
      const answer = await ask(key, body)
      await eventually(async () => kv.stored.size > size)
      return answer
    },
    /** Resolves when every answer has been paid for. */
    settled: () => server.deps.underway.drained(5_000),
    async close() {
      await server.close()
      await upstream.close()
    },
  }
}

/** A memory that can be looked into. */
function recordingKv() {
  const kv = createMemoryKv()
  const stored = new Map<string, string>()
  return {
    ...kv,
    stored,
    set: (key: string, value: string, ttlMs: number) => {
      if (key.startsWith("answer:")) stored.set(`${key} ${stored.size}`, value)
      return kv.set(key, value, ttlMs)
    },
  }
}
