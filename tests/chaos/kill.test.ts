import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { apiKeys, billing, type DatabaseOptions, type Db, migrate, openDatabase } from "@nio/db"
import { channelDefaults, toMicropoints } from "@nio/server/contract"
import { freshMysql, mysqlUrl } from "../support/databases.ts"
import { testDeps, testSecret } from "../support/deps.ts"
import { eventually } from "../support/eventually.ts"
import { freePort } from "../support/free-port.ts"
import { seedRelay } from "../support/relay.ts"

setDefaultTimeout(120_000)

const streams = 50
/** Longer than the rhythm of checkpoints. */
const streamMs = 5_000
const wordMs = 50
/** Promised: every hold of a server that was killed is resolved by then. */
const resolvedMsMax = 60_000
const points = 1_000
const perToken = 2_000

describe("SQLite: a server that is killed in the middle of 50 streams", () => suite(sqlite))
if (mysqlUrl)
  describe("MariaDB: a server that is killed in the middle of 50 streams", () => suite(mysql))
else describe.skip("MariaDB: skipped, TEST_MYSQL_URL is not set: a server that is killed", () => {})

type Place = { env: Record<string, string>; options: DatabaseOptions; remove: () => Promise<void> }

async function sqlite(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "nio-kill-"))
  return {
    env: { DATA_DIR: folder },
    options: { engine: "sqlite", path: join(folder, "nio.sqlite"), guest: true },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function mysql(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "nio-kill-"))
  const { options, remove } = await freshMysql()
  if (options.engine !== "mysql") throw new Error("not MySQL")
  return {
    env: {
      DATA_DIR: folder,
      MYSQL_HOST: options.host,
      MYSQL_PORT: String(options.port),
      MYSQL_USER: options.user,
      MYSQL_PASSWORD: options.password,
      MYSQL_DB: options.database,
    },
    options,
    remove: async () => {
      await remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function suite(prepare: () => Promise<Place>) {
  let place: Place
  let upstream: SimulatedUpstream
  let db: Db
  let userId: string
  let key: string
  let keyId: string
  let child: Bun.Subprocess | undefined

  const env = () => ({
    ...process.env,
    ...place.env,
    CONFIG_DIR: join(place.env.DATA_DIR ?? "", "none"),
    SECRET: testSecret,
    SERVE_STATIC: "false",
    LOG_IGNORE_CONSOLE: "true",
    BUN_CONFIG_MAX_HTTP_REQUESTS: "65336",
  })

  async function start(): Promise<string> {
    const port = await freePort()
    child = Bun.spawn([process.execPath, "apps/server/src/main.ts"], {
      env: { ...env(), PORT: String(port) },
      stdio: ["ignore", "ignore", "inherit"],
    })
    const url = `http://127.0.0.1:${port}`
    await eventually(
      () =>
        fetch(`${url}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      30_000,
    )
    return url
  }

  beforeAll(async () => {
    place = await prepare()
    upstream = await simulate(
      scriptedOpenAi({ chunks: Array(4_000).fill("word "), delayMs: wordMs }),
    )
    db = await openDatabase(place.options)
    await migrate(db)
    const deps = await testDeps(db)
    const seeded = await seedRelay(deps, {
      channel: { ...channelDefaults, baseUrl: upstream.url, models: ["m"] },
      price: { models: ["m"] },
      points,
    })
    userId = seeded.userId
    key = seeded.key
    const [{ id } = { id: "" }] = await apiKeys.listApiKeysOf(db, userId)
    keyId = id
    const terms = { name: "capped", limits: null, spendCap: toMicropoints(points) }
    await apiKeys.saveKeyTerms(db, { id, userId }, terms)
    await deps.close()
  })
  afterAll(async () => {
    child?.kill("SIGKILL")
    await child?.exited
    await upstream.close()
    await db.close()
    await place.remove()
  })

  const ask = (url: string) =>
    fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: "m",
        stream: true,
        messages: [{ role: "user", content: "hi" }],
      }),
    })

  test("A15: charges what was delivered up to the last checkpoint, within a minute, to the key's cap as well, and the books balance", async () => {
    const url = await start()
    const answers = await Promise.all(Array.from({ length: streams }, () => ask(url)))
    const read = answers.map((answer) => answer.text().catch(() => ""))
    await Bun.sleep(streamMs)
    const { held } = await billing.balanceOf(db, userId)
    expect(held).toBeGreaterThan(0)

    child?.kill("SIGKILL")
    await child?.exited
    await Promise.all(read)
    await start()
    await eventually(async () => (await billing.balanceOf(db, userId)).held === 0, resolvedMsMax)

    const { available } = await billing.balanceOf(db, userId)
    const spent = toMicropoints(points) - available
    expect((await apiKeys.spendingOfKey(db, keyId))?.spent).toBe(spent)
    const wordsMost = (streamMs / wordMs + 20) * streams
    expect(spent).toBeGreaterThan(streams * 10 * perToken)
    expect(spent).toBeLessThan(wordsMost * 2 * perToken)

    const verify = Bun.spawn(
      [process.execPath, "apps/server/src/cli/main.ts", "ledger", "verify"],
      {
        env: env(),
        stdio: ["ignore", "pipe", "inherit"],
      },
    )
    expect(await verify.exited).toBe(0)
  })
}
