import { existsSync } from "node:fs"
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "./free-port.ts"

/** How long a service may take until it answers. */
const startMsMax = 30_000
/** How long it may take to end when asked, before it is made to. */
const stopMsMax = 10_000

/** Programs outside the registry of packages, by the Debian package that has them. */
const programs = {
  mariadbd: { package: "mariadb-server-core", paths: ["/usr/sbin/mariadbd"] },
  "mariadb-install-db": {
    package: "mariadb-server-core",
    paths: ["/usr/bin/mariadb-install-db"],
  },
  // Which the one above calls.
  my_print_defaults: { package: "mariadb-client-core", paths: [] },
  "redis-server": { package: "redis-server", paths: [] },
  chromium: {
    package: "chromium",
    paths: ["/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  },
} as const
export type Program = keyof typeof programs

/** Where a program is, or undefined when this machine lacks it. */
export function findProgram(name: Program): string | undefined {
  return Bun.which(name) ?? programs[name].paths.find((path) => existsSync(path))
}

export const packageOf = (name: Program): string => programs[name].package

/** One statement a line, as the server wants it. */
const grantsSql = `create user nio@'%' identified by 'nio';
grant all on *.* to nio@'%' with grant option;
`

export type Service = { url: string; stop(): Promise<void> }

/**
 * A MariaDB of its own in a temporary folder, on a free port, with a user who may create databases.
 * `durable` keeps the engine's own promise of writing each commit to the disk: for measurements.
 * @returns undefined when it is not installed.
 */
export async function startMariaDb({ durable = false } = {}): Promise<Service | undefined> {
  const server = findProgram("mariadbd")
  const installer = findProgram("mariadb-install-db")
  if (!server || !installer) return undefined

  const folder = await mkdtemp(join(tmpdir(), "nio-mariadb-"))
  const data = join(folder, "data")
  const socket = join(folder, "socket")
  const user = process.getuid?.() === 0 ? ["--user=root"] : []
  await mkdir(data)
  await run([installer, "--no-defaults", ...user, `--datadir=${data}`, "--skip-test-db"])
  const grants = join(folder, "grants.sql")
  await Bun.write(grants, grantsSql)

  const port = await freePort()
  const child = spawn(folder, [
    server,
    "--no-defaults",
    ...user,
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, "pid")}`,
    `--port=${port}`,
    `--init-file=${grants}`,
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--max-connections=500",
    ...(durable ? [] : ["--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite"]),
  ])
  await answering(child, folder, port)
  return { url: `mysql://nio:nio@127.0.0.1:${port}`, stop: () => end(child, folder) }
}

/** A Redis of its own that keeps nothing. @returns undefined when it is not installed. */
export async function startRedis(): Promise<Service | undefined> {
  const server = findProgram("redis-server")
  if (!server) return undefined

  const folder = await mkdtemp(join(tmpdir(), "nio-redis-"))
  const port = await freePort()
  const child = spawn(folder, [
    server,
    ...["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder],
    ...["--save", "", "--appendonly", "no"],
  ])
  await answering(child, folder, port)
  return { url: `redis://127.0.0.1:${port}`, stop: () => end(child, folder) }
}

type Child = ReturnType<typeof spawn>

function spawn(folder: string, command: string[]) {
  const log = Bun.file(join(folder, "log"))
  const child = Bun.spawn(command, { stdin: "ignore", stdout: log, stderr: log })
  // For an end that nobody awaits: a thrown error, a signal.
  process.once("exit", () => child.kill("SIGKILL"))
  return child
}

async function answering(child: Child, folder: string, port: number) {
  const deadline = performance.now() + startMsMax
  while (performance.now() < deadline && child.exitCode === null) {
    if (await accepts(port)) return
    await Bun.sleep(50)
  }
  const log = await Bun.file(join(folder, "log")).text()
  await end(child, folder)
  throw new Error(`a service did not start on port ${port}:\n${log}`)
}

async function accepts(port: number): Promise<boolean> {
  try {
    const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } })
    socket.end()
    return true
  } catch {
    return false
  }
}

async function end(child: Child, folder: string) {
  child.kill("SIGTERM")
  const late = setTimeout(() => child.kill("SIGKILL"), stopMsMax)
  await child.exited
  clearTimeout(late)
  await rm(folder, { recursive: true, force: true })
}

async function run(command: string[]) {
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "pipe" })
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr), child.exited])
  if (child.exitCode !== 0) throw new Error(`${command.join(" ")} failed:\n${out}${err}`)
}

const textOf = (stream: ReadableStream) => new Response(stream).text()
