import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { providers } from "@nio/adapters"
import { type Db, migrate, openDatabase } from "@nio/db"
import { createLedger } from "./core/billing/create-ledger.ts"
import type { Bus, Deps, Jobs, Kv, Log } from "./core/deps.ts"
import { createUnderway } from "./core/generation/underway.ts"
import { newId } from "./core/id.ts"
import { createLiveHolder } from "./core/live/hold-live.ts"
import { createHealth } from "./core/routing/health.ts"
import { shareHealth } from "./core/routing/share-health.ts"
import type { Env, MysqlEnv } from "./env.ts"
import { findFormerSite } from "./former-site.ts"
import type { Readiness } from "./http/plain/health.ts"
import { createMemoryBus } from "./infra/bus-memory.ts"
import { downloadBy } from "./infra/download.ts"
import { createTimerJobs } from "./infra/jobs-timer.ts"
import { createMemoryKv } from "./infra/kv-memory.ts"
import { smtpMailer } from "./infra/mailer.ts"
import { createOidc } from "./infra/oidc.ts"
import { secretFromFile } from "./infra/secret-file.ts"
import { createTokenCounter } from "./infra/token-counter.ts"
import { trustedFetch } from "./infra/trusted-fetch.ts"
import { upstreamFetch, upstreamSocket } from "./infra/upstream-fetch.ts"
import { createVault } from "./infra/vault.ts"

export type Built = {
  deps: Deps
  jobs: Jobs
  ready: Readiness
  /** Gives everything back; last the database. */
  close(): Promise<void>
}

/** How long a stopping server lets answers go on. */
export const drainMs = 20_000

/**
 * Puts the parts together: SQLite and memory, or MySQL and Redis. A `guest` is a short command of
 * the operator that works beside the running server.
 */
export async function build(env: Env, log: Log, { guest = false } = {}): Promise<Built> {
  const db = await openDatabase(
    env.mysql ? mysqlOptions(env.mysql) : await sqliteOptions(env, guest),
  )
  await migrate(db)
  const nodeId = env.instance ?? newId()
  const shared = await connect(env, log)
  const now = Date.now
  const vault = createVault(env.secret ?? (await secretFromFile(env.dataDir)))
  const live = await createLiveHolder({ db, bus: shared.bus, providers, vault, log })
  const ledger = createLedger({ db, now, log, nodeId })
  const underway = createUnderway()
  const health = createHealth(now)
  const sharing = await shareHealth({ ...shared, log }, health)
  const tokens = createTokenCounter()

  const deps: Deps = {
    db,
    kv: shared.kv,
    bus: shared.bus,
    live,
    ledger,
    health,
    underway,
    tokens,
    vault,
    sendMail: smtpMailer(),
    oidc: createOidc(now),
    providers,
    fetch: upstreamFetch,
    openSocket: upstreamSocket,
    fetchText: trustedFetch,
    download: downloadBy(),
    answerMsMax: env.maxTimeoutMs,
    former: guest ? undefined : await findFormerSite(env),
    now,
    random: Math.random,
    newId,
    log,
    nodeId,
  }

  return {
    deps,
    jobs: shared.jobs,
    ready: { database: () => answers(db), ...shared.ready },
    async close() {
      await shared.jobs.close()
      if (!(await underway.drained(drainMs)))
        log.warn("answers were cut off", { left: underway.size() })
      underway.close()
      await ledger.close()
      await live.close()
      await sharing.close()
      tokens.close()
      await shared.bus.close()
      await shared.kv.close()
      await db.close()
    },
  }
}

type Shared = { kv: Kv; bus: Bus; jobs: Jobs; ready: Readiness }

/** What nodes share. Loaded only where it is used: the drivers of Redis take a tenth of a second. */
async function connect(env: Env, log: Log): Promise<Shared> {
  if (!env.redis) {
    return {
      kv: createMemoryKv(),
      bus: createMemoryBus(log),
      jobs: createTimerJobs(log),
      ready: {},
    }
  }
  const { connectRedis } = await import("./infra/redis.ts")
  const { createRedisKv } = await import("./infra/kv-redis.ts")
  const { createRedisBus } = await import("./infra/bus-redis.ts")
  const { createBullJobs } = await import("./infra/jobs-bullmq.ts")
  const redis = await connectRedis(env.redis)
  return {
    kv: createRedisKv(redis, log),
    bus: await createRedisBus(redis, log),
    jobs: await createBullJobs(redis, log),
    ready: { redis: async () => (await redis.ping()) === "PONG" },
  }
}

const mysqlOptions = (mysql: MysqlEnv) => ({ engine: "mysql" as const, ...mysql })

async function sqliteOptions({ dataDir }: Env, guest: boolean) {
  await mkdir(dataDir, { recursive: true })
  return { engine: "sqlite" as const, path: join(dataDir, "nio.sqlite"), guest }
}

const answers = async (db: Db) => (await db.rows("select 1", [])).length === 1
