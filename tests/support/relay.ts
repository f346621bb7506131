import type { Db } from "@nio/db"
import { createApp } from "@nio/server/app"
import {
  type ChannelCreate,
  channelDefaults,
  type PriceRule,
  toMicropoints,
} from "@nio/server/contract"
import type { Actor } from "@nio/server/core/actor"
import { creditUser } from "@nio/server/core/billing/credit-user"
import { createChannel } from "@nio/server/core/channel/create-channel"
import { deleteChannel } from "@nio/server/core/channel/delete-channel"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { savePrice } from "@nio/server/core/price/save-price"
import { createUser } from "@nio/server/core/user/create-user"
import { type TestDeps, testDeps } from "./deps.ts"

/** A whole server on a port of its own, with an administrator to set it up by. */
export type TestServer = {
  url: string
  deps: TestDeps
  admin: Actor
  addChannel(channel: Partial<ChannelCreate> & { baseUrl: string }): Promise<string>
  removeChannel(id: string): Promise<void>
  setPrice(rule: Partial<PriceRule> & { models: string[] }): Promise<void>
  /** Somebody with so many points, and an API key of theirs. */
  addUser(points: number): Promise<{ actor: Actor; key: string }>
  close(): Promise<void>
}

const nobody: Actor = {
  userId: "test-admin",
  name: "test-admin",
  isAdmin: true,
  group: "admin",
  passwordExpired: false,
}

/** Two points per thousand tokens, in and out: 2 000 micropoints a token. */
export const tokenPrice = { input: 2_000_000_000, output: 2_000_000_000 }

export async function startServer(
  db: Db,
  overrides: Parameters<typeof testDeps>[1] = {},
): Promise<TestServer> {
  const deps = await testDeps(db, overrides)
  const app = await createApp(deps, { allowOrigins: [], webFolder: undefined, ready: {} })
  app.listen({ port: 0, hostname: "127.0.0.1" })
  let users = 0

  return {
    url: `http://127.0.0.1:${app.server?.port}`,
    deps,
    admin: nobody,
    async addChannel(channel) {
      const { id } = await createChannel(deps, nobody, {
        ...channelDefaults,
        name: "test",
        enabled: true,
        provider: "openai",
        models: ["m"],
        secrets: ["sk-upstream-secret"],
        ...channel,
      })
      return id
    },
    async removeChannel(id) {
      await deleteChannel(deps, nobody, id)
    },
    async setPrice(rule) {
      await savePrice(deps, nobody, {
        rule: { type: "per-token", ...tokenPrice, anonymous: false, ...rule },
      })
    },
    async addUser(points) {
      const name = `user-${++users}`
      const userId = await createUser(deps, {
        name,
        password: "correct horse battery",
        role: "user",
        passwordExpired: false,
      })
      if (!userId) throw new Error(`${name} is taken`)
      const actor: Actor = { ...nobody, userId, name, isAdmin: false, group: "normal" }
      if (points > 0) {
        const amount = toMicropoints(points)
        await creditUser(deps, { userId, amount, reference: `test:${userId}`, reason: "test" })
      }
      const { key } = await createApiKey(deps, actor, "test")
      return { actor, key }
    },
    async close() {
      await app.stop(true)
      await deps.close()
    },
  }
}
