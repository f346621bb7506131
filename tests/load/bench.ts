import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import type { DatabaseOptions } from "@nio/db"
import { createConnection } from "mysql2/promise"
import { freePort } from "../support/free-port.ts"
import { startMariaDb, startRedis } from "../support/services.ts"
import { type Case, cases, type Target, targets } from "./cases.ts"
import type { Load, Seen } from "./generator.ts"
import { bytesPerIdleSocket } from "./idle-sockets.ts"
import { keep, machine } from "./keep.ts"
import { Operator, rootPassword, writeSettings } from "./operator.ts"
import {
  prepare,
  residentBytes,
  runScript,
  type Served,
  startScript,
  startServer,
} from "./processes.ts"
import { line, type Measured, table, verdicts } from "./report.ts"
import { slowReaders } from "./slow-readers.ts"
import { type Soak, soak } from "./soak.ts"
import { soakReport } from "./soak-report.ts"
import { bearer, models, special } from "./traffic.ts"

/**
 * Measures the relay against a bare proxy, in one run on one machine: look at the ratios, not at the
 * absolute figures. `--quick` for a first look, `--only TEXT` for some cases, `--out FILE` for JSON,
 * `--soak MINUTES` for half the load over a long time and nothing else, `--doc` to keep what was seen
 * in `docs/performance.md`.
 */
const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    seconds: { type: "string" },
    only: { type: "string", default: "" },
    out: { type: "string", default: "storage/bench.json" },
    soak: { type: "string" },
    doc: { type: "boolean", default: false },
  },
})
const rounds = Number(options.rounds ?? (options.quick ? 1 : 3))
const ms = Number(options.seconds ?? (options.quick ? 2 : 4)) * 1_000
const warmUpMs = options.quick ? 500 : 1_000
const loadSeconds = options.quick ? 10 : 60
const idleSockets = 2_000
/** Until what the last requests left behind is collected. */
const settleMs = 5_000

const folder = await mkdtemp(join(tmpdir(), "nio-bench-"))
const [mariaDb, redis] = await Promise.all([startMariaDb({ durable: true }), startRedis()])
const services = [mariaDb, redis].filter((service) => service !== undefined)
process.on("SIGINT", () => process.exit(130))

try {
  const report = options.soak ? soakReport(await soakOurs(Number(options.soak))) : await compare()
  console.log(report)
  if (options.doc) await keep(options.soak ? "soak" : "comparison", report)
} finally {
  await Promise.all(services.map((service) => service.stop()))
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

async function compare(): Promise<string> {
  const measured = await measure()
  await mkdir(dirname(options.out), { recursive: true })
  const all = { at: new Date().toISOString(), machine, ...measured, verdicts: verdicts(measured) }
  await Bun.write(options.out, JSON.stringify(all, null, 2))
  return `${table(measured)}\n\n${verdicts(measured).map(line).join("\n")}`
}

async function soakOurs(minutes: number): Promise<Soak> {
  await prepare()
  const upstream = await startScript("upstream.ts")
  const { port, key, server } = await startOurs("soak", upstream.port, {})
  const seen = await soak({ port, key, pid: server.pid }, minutes)
  await Promise.all([server.stop(), upstream.stop()])
  return seen
}

async function measure(): Promise<Measured> {
  await prepare()
  const upstream = await startScript("upstream.ts")
  const bare = await startScript("bare-proxy.ts", `http://127.0.0.1:${upstream.port}`)
  const sqlite = await startOurs("sqlite", upstream.port, {})
  const mariadb =
    mariaDb && redis
      ? await startOurs("mariadb", upstream.port, await serviceEnv(mariaDb.url, redis.url))
      : undefined
  if (!mariadb) console.log("MariaDB or Redis is not installed: measured on SQLite alone")

  const doors: Partial<Record<Target, { port: number; key: string }>> = {
    direct: { port: upstream.port, key: "none" },
    bare: { port: bare.port, key: bearer },
    sqlite,
    ...(mariadb && { mariadb }),
  }
  const loads: Measured["loads"] = []
  for (const one of cases.filter(({ name }) => name.includes(options.only)))
    loads.push(...(await measureCase(one, doors)))

  const slow = await readersOf(sqlite)
  const idleSocketBytes = await bytesPerIdleSocket(sqlite.server, sqlite.operator, idleSockets)
  await Promise.all([sqlite.server.stop(), mariadb?.server.stop(), bare.stop()])
  const resident = await residentAfterLoad(sqlite)
  await upstream.stop()
  const { coldStartMs, warmStartMs } = sqlite
  return {
    loads,
    coldStartMs,
    warmStartMs,
    idleSocketBytes,
    idleSockets,
    slow,
    ...resident,
    loadSeconds,
  }
}

/** Many who read a little, and some who read nothing of what comes as fast as it can. */
async function readersOf({ port, key, server: { pid } }: Awaited<ReturnType<typeof startOurs>>) {
  const door = { port, key, pid }
  const time = options.quick ? 20_000 : 60_000
  const { endless, endlessPaced } = special
  const slowly = { count: 1_000, model: endlessPaced, bytesPerSecond: 2_048, fillMs: 10_000 }
  const never = { count: 50, model: endless, bytesPerSecond: 0, fillMs: 15_000 }
  return {
    "1,000 who read slowly": await slowReaders(door, { ...slowly, ms: time }),
    "50 who do not read": await slowReaders(door, { ...never, ms: time / 2 }),
  }
}

/** Of a fresh process, so that what the cases before it needed is not counted. */
async function residentAfterLoad({ env, port, key }: Awaited<ReturnType<typeof startOurs>>) {
  const server = await startServer(env, port)
  for (const kind of ["json", "stream"] as const)
    await load(
      { port, key },
      { name: "", kind, connections: 32, paceMs: 0 },
      (loadSeconds / 2) * 1_000,
    )
  const atOnce = await residentBytes(server.pid)
  await Bun.sleep(settleMs)
  const residentAfter = await residentBytes(server.pid)
  await server.stop()
  return { residentUnderLoad: atOnce, residentAfter }
}

/** Everyone in turn, several times over, so that a slow moment of the machine hits all alike. */
async function measureCase(one: Case, doors: Partial<Record<Target, Door>>) {
  const seen = new Map<Target, Seen[]>()
  for (let round = 0; round < rounds; round++)
    for (const target of targets) {
      const door = doors[target]
      if (!door) continue
      process.stderr.write(`\r${one.name}: ${target}, ${round + 1} of ${rounds}\x1b[K`)
      seen.set(target, [...(seen.get(target) ?? []), await load(door, one, ms)])
    }
  process.stderr.write("\r\x1b[K")
  return [...seen].map(([target, all]) => ({ case: one.name, target, seen: middle(all) }))
}

type Door = { port: number; key: string }

function load(door: Door, { name: _, least: __, ...one }: Case, time: number) {
  const { port, key } = door
  const input: Load = { port, key, ...one, warmUpMs, ms: time }
  return runScript<Seen>("generator.ts", input)
}

/** Each figure's median; of what must not happen, the sum. */
function middle(all: Seen[]): Seen {
  const median = (of: (seen: Seen) => number) =>
    all.map(of).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN
  const sum = (of: (seen: Seen) => number) => all.reduce((total, seen) => total + of(seen), 0)
  return {
    perSecond: median((seen) => seen.perSecond),
    p50Ms: median((seen) => seen.p50Ms),
    p75Ms: median((seen) => seen.p75Ms),
    p99Ms: median((seen) => seen.p99Ms),
    first50Ms: median((seen) => seen.first50Ms),
    first99Ms: median((seen) => seen.first99Ms),
    meanMs: median((seen) => seen.meanMs),
    lostFrames: sum((seen) => seen.lostFrames),
    failures: sum((seen) => seen.failures),
  }
}

/** Our server, started twice to see how long that takes, then set up as by its operator. */
async function startOurs(name: string, upstreamPort: number, services: Record<string, string>) {
  const env = {
    DATA_DIR: join(folder, name),
    CONFIG_DIR: join(folder, "no-config"),
    ROOT_PASSWORD: rootPassword,
    SECRET: "9c1d7a5be2f84036a1b8d0c4e7f35296",
    ...services,
  }
  const port = await freePort()
  const first: Served = await startServer(env, port)
  await first.stop()
  const server = await startServer(env, port)
  const operator = new Operator(port)
  const upstream = `http://127.0.0.1:${upstreamPort}`
  const key = await operator.setUp(upstream, models)
  await operator.setUpSpecial(upstream)
  await writeSettings(databaseOf(env))
  return {
    env,
    server,
    operator,
    port,
    key,
    coldStartMs: first.startMs,
    warmStartMs: server.startMs,
  }
}

async function serviceEnv(mysqlUrl: string, redisUrl: string) {
  const connection = await createConnection(mysqlUrl)
  await connection.query("create database bench")
  await connection.end()
  return {
    MYSQL_HOST: "127.0.0.1",
    MYSQL_PORT: new URL(mysqlUrl).port,
    MYSQL_USER: "nio",
    MYSQL_PASSWORD: "nio",
    MYSQL_DB: "bench",
    REDIS_HOST: "127.0.0.1",
    REDIS_PORT: new URL(redisUrl).port,
  }
}

function databaseOf(env: Record<string, string>): DatabaseOptions {
  if (!env.MYSQL_HOST) return { engine: "sqlite", path: join(env.DATA_DIR ?? "", "nio.sqlite") }
  const { MYSQL_HOST: host, MYSQL_USER: user = "", MYSQL_PASSWORD: password = "" } = env
  return {
    engine: "mysql",
    host,
    port: Number(env.MYSQL_PORT),
    user,
    password,
    database: env.MYSQL_DB ?? "",
    connectionsMax: 2,
  }
}
