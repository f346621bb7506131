import { join } from "node:path"

const root = join(import.meta.dir, "../..")

/** What was started and not yet stopped; ends with this process, however that ends. */
const running = new Set<Bun.Subprocess>()
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL")
})

const environment = { ...process.env, BUN_CONFIG_MAX_HTTP_REQUESTS: "65336" }

/** Starts a script that prints its port as its first line. */
export async function startScript(file: string, ...args: string[]) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, file), ...args], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  })
  running.add(child)
  for await (const line of linesOf(child.stdout))
    return { port: Number(line), stop: () => stop(child) }
  throw new Error(`${file} ended before it listened`)
}

/** Runs a script to its end and reads the JSON that it prints. */
export async function runScript<T>(file: string, input: object): Promise<T> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, file), JSON.stringify(input)], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  })
  running.add(child)
  const output = await new Response(child.stdout).text()
  running.delete(child)
  return JSON.parse(output)
}

/** Installs and builds what `bin/start` would, so that its time is not taken for the server's. */
export async function prepare(): Promise<void> {
  const prepared = Bun.spawn(["bin/bun", "bin/prepare.ts", "packages", "web"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  })
  if ((await prepared.exited) !== 0) throw new Error("the web could not be built")
}

export type Served = { port: number; pid: number; startMs: number; stop(): Promise<void> }

/** How long a start may take before it counts as failed. */
const startMsMax = 60_000

/** `bin/start` with these variables, until `/healthz` answers. */
export async function startServer(env: Record<string, string>, port: number): Promise<Served> {
  const began = performance.now()
  const child = Bun.spawn([join(root, "bin/start")], {
    cwd: root,
    env: { ...environment, ...env, PORT: `${port}`, LOG_IGNORE_CONSOLE: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  })
  running.add(child)
  const said = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null) throw new Error(`bin/start ended:\n${(await said).join("")}`)
    if (performance.now() - began > startMsMax) throw new Error("bin/start does not listen")
    await Bun.sleep(5)
  }
  return { port, pid: child.pid, startMs: performance.now() - began, stop: () => stop(child) }
}

const isHealthy = (port: number) =>
  fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(1_000) }).then(
    (response) => response.ok,
    () => false,
  )

/** Memory of a process that is in use and not on disk, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await Bun.file(`/proc/${pid}/status`).text()
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

async function stop(child: Bun.Subprocess) {
  child.kill("SIGTERM")
  await child.exited
  running.delete(child)
}

async function* linesOf(stream: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder()
  let text = ""
  for await (const bytes of stream) {
    text += decoder.decode(bytes, { stream: true })
    const lines = text.split("\n")
    text = lines.pop() ?? ""
    yield* lines
  }
}
