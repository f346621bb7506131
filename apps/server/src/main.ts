import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { createApp } from "./app.ts"
import { type Built, build, drainMs } from "./build.ts"
import { resolveAbandonedHolds } from "./core/billing/resolve-holds.ts"
import { sealChannels } from "./core/channel/seal-channels.ts"
import { interruptStaleRuns } from "./core/chat/interrupt-stale-runs.ts"
import { localRuns } from "./core/chat/local-runs.ts"
import { ensureRoot, rootName } from "./core/identity/ensure-root.ts"
import { firstPassword } from "./core/identity/password.ts"
import { importFirstConfig } from "./core/import/import-first-config.ts"
import { periodicJobs } from "./core/jobs/jobs.ts"
import { type Env, EnvError, readEnv } from "./env.ts"
import { closeSockets } from "./http/sockets.ts"
import { createLog } from "./infra/log.ts"
import { readConfig } from "./infra/read-config.ts"

/** Bun queues what goes beyond; its default of 256 would make the 257th caller wait. */
const upstreamRequestsMin = 4_096

const webFolder = resolve(import.meta.dir, "../../web/dist")

async function start(env: Env): Promise<void> {
  const log = createLog(env.logToConsole ? (env.debug ? "debug" : "info") : "silent")
  if (env.upstreamRequestsMax < upstreamRequestsMin) {
    log.warn("BUN_CONFIG_MAX_HTTP_REQUESTS is too low: start with ./bin/start, which raises it")
  }
  const built = await build(env, log)
  const { deps, jobs, ready } = built
  const isNew = await ensureRoot(deps, env.rootPassword)
  await takeOver(built, env)
  const sealed = await sealChannels(deps)
  if (sealed > 0) log.info("sealed the secrets of channels", { channels: sealed })
  if (!env.mysql) await tidyUpAfterCrash(deps)

  const app = await createApp(deps, {
    allowOrigins: env.allowOrigins,
    trustedProxies: env.trustedProxies,
    webFolder: env.serveStatic && existsSync(join(webFolder, "index.html")) ? webFolder : undefined,
    ready,
    metricsToken: env.metricsToken,
  })
  app.listen(env.port)
  await jobs.start(periodicJobs(deps))
  greet(env, isNew)

  let stopping = false
  async function stop() {
    if (stopping) return
    stopping = true
    log.info("stopping: answers under way may finish")
    localRuns(deps).refuse()
    const stopped = app.stop()
    await deps.underway.drained(drainMs)
    closeSockets(deps)
    await Promise.all([stopped, built.close()])
    process.exit(0)
  }
  process.on("SIGTERM", () => void stop())
  process.on("SIGINT", () => void stop())
}

/** With SQLite there is one process: whatever an earlier one left open has nobody any more. */
async function tidyUpAfterCrash(deps: Built["deps"]): Promise<void> {
  await resolveAbandonedHolds(deps)
  await interruptStaleRuns(deps, { all: true })
}

/** Channels and prices of a Chat Nio configuration, on a database that has none yet. */
async function takeOver({ deps }: Built, { configDir }: Env): Promise<void> {
  const file = await readConfig(configDir)
  const imported = file === undefined ? undefined : await importFirstConfig(deps, file)
  if (!imported) return
  const { channels, prices, notes } = imported
  deps.log.info("took over config.yaml", { channels: channels.length, prices: prices.length })
  for (const note of notes) deps.log.warn("config.yaml", { note })
}

function greet({ port, rootPassword }: Env, isNew: boolean): void {
  console.log(`\nReady at http://localhost:${port}`)
  if (!isNew) return
  const password = rootPassword ? "the password in ROOT_PASSWORD" : `the password ${firstPassword}`
  console.log(`Sign in as ${rootName} with ${password}.`)
  if (!rootPassword) console.log("You will be asked to choose your own first.")
  console.log()
}

try {
  await start(readEnv())
} catch (error) {
  console.error(error instanceof EnvError ? error.message : error)
  process.exit(1)
}
