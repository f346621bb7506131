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
import type { Deps } from "@nio/server/core/deps"
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
const tokenPrice = { input: 2_000_000_000, output: 2_000_000_000 }

type Seed = {
  channel: Partial<ChannelCreate> & { baseUrl: string }
  price: Partial<PriceRule> & { models: string[] }
  points: number
}

/** A channel, a price and somebody with a key, for a server that will be started on this database. */
export async function seedRelay(deps: Deps, { channel, price, points }: Seed) {
  await addChannel(deps, channel)
  await setPrice(deps, price)
  const { actor, key } = await addUser(deps, "seeded", points)
  return { userId: actor.userId, key }
}

async function addChannel(deps: Deps, channel: Seed["channel"]): Promise<string> {
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
}

async function setPrice(deps: Deps, rule: Seed["price"]): Promise<void> {
  await savePrice(deps, nobody, {
    rule: { type: "per-token", ...tokenPrice, anonymous: false, ...rule },
  })
}

async function addUser(deps: Deps, name: string, points: number) {
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
}

/** How long the last answers may take to be charged for. */
const settleMsMax = 4_000

/** A whole server on this database. */
export async function startServer(
  db: Db,
  overrides: Parameters<typeof testDeps>[1] = {},
  { trustedProxies = 0 } = {},
): Promise<TestServer> {
  const deps = await testDeps(db, overrides)
  const app = await createApp(deps, {
    allowOrigins: [],
    trustedProxies,
    webFolder: undefined,
    ready: {},
  })
  app.listen({ port: 0, hostname: "127.0.0.1" })
  let users = 0

  return {
    url: `http://127.0.0.1:${app.server?.port}`,
    deps,
    admin: nobody,
    addChannel: (channel) => addChannel(deps, channel),
    async removeChannel(id) {
      await deleteChannel(deps, nobody, id)
    },
    setPrice: (rule) => setPrice(deps, rule),
    addUser: (points) => addUser(deps, `user-${++users}`, points),
    async close() {
      await app.stop(true)
      await deps.underway.drained(settleMsMax)
      await deps.close()
    },
  }
}
