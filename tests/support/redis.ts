import { afterAll, describe } from "bun:test"
import { randomBytes } from "node:crypto"
import type { RedisEnv } from "@nio/server/env"
import { connectRedis } from "@nio/server/infra/redis"
import { freePort } from "./free-port.ts"
import { findProgram } from "./services.ts"
import { skipSuite } from "./skip-suite.ts"

const url = process.env.TEST_REDIS_URL

/** Runs a suite on the Redis that `TEST_REDIS_URL` names, or says that it was skipped. */
export function withRedis(name: string, suite: (env: RedisEnv) => void): void {
  if (url) {
    describe(`Redis: ${name}`, () => {
      suite(redisEnvOf(url))
      afterAll(() => forget(redisEnvOf(url)))
    })
  } else skipSuite(`Redis: ${name}`, "TEST_REDIS_URL is not set")
}

/** Runs a suite that kills its Redis, where the program is installed. */
export function withOwnRedis(
  name: string,
  suite: (server: () => Promise<MortalRedis>) => void,
): void {
  if (findProgram("redis-server")) describe(`Redis dies: ${name}`, () => suite(startMortalRedis))
  else skipSuite(`Redis dies: ${name}`, "redis-server is not installed")
}

const prefixes: string[] = []

/** Keeps suites that share one server apart. What is stored under it is removed after the suite. */
export function randomPrefix(): string {
  const prefix = `nio-test-${randomBytes(6).toString("hex")}:`
  prefixes.push(prefix)
  return prefix
}

async function forget(env: RedisEnv) {
  const redis = await connectRedis(env)
  for (const prefix of prefixes.splice(0))
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 }))
      if (keys.length > 0) await redis.del(keys)
  redis.disconnect()
}

function redisEnvOf(text: string): RedisEnv {
  const { hostname, port, password, pathname } = new URL(text)
  return {
    host: hostname,
    port: Number(port || 6379),
    db: Number(pathname.slice(1)),
    password: decodeURIComponent(password) || undefined,
  }
}

/** A Redis on a port of its own that can die and come back without its memory. */
export type MortalRedis = {
  env: RedisEnv
  kill(): Promise<void>
  restart(): Promise<void>
  /** Makes it hang: it holds its connections and answers nothing. */
  freeze(): void
  thaw(): void
}

async function startMortalRedis(): Promise<MortalRedis> {
  const env = { host: "127.0.0.1", port: await freePort(), db: 0, password: undefined }
  let child = await spawnRedis(env.port)
  return {
    env,
    kill: async () => {
      child.kill("SIGKILL")
      await child.exited
    },
    restart: async () => {
      child = await spawnRedis(env.port)
    },
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
  }
}

async function spawnRedis(port: number) {
  const options = { port, bind: "127.0.0.1", save: "", appendonly: "no", daemonize: "no" }
  const child = Bun.spawn(
    [
      findProgram("redis-server") ?? "",
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    { stdin: "ignore", stdout: "pipe", stderr: "ignore" },
  )
  process.once("exit", () => child.kill("SIGKILL"))
  const decoder = new TextDecoder()
  for await (const chunk of child.stdout)
    if (decoder.decode(chunk).includes("Ready to accept connections")) return child
  throw new Error(`redis-server ended with ${await child.exited}`)
}
