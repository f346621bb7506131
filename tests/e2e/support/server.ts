import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "../../support/free-port.ts"
import { projectRoot } from "../../support/sources.ts"

const startMsMax = 20_000

export type TestServer = { url: string; folder: string; [Symbol.asyncDispose](): Promise<void> }

/** The real server with an empty database of its own and the web as it was built last. */
export async function startServer(env: Record<string, string> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "nio-e2e-"))
  const port = await freePort()
  const { MYSQL_HOST: _, REDIS_HOST: __, ...own } = process.env
  const child = Bun.spawn([process.execPath, join(projectRoot, "apps/server/src/main.ts")], {
    cwd: folder,
    env: { ...own, DATA_DIR: folder, CONFIG_DIR: folder, PORT: `${port}`, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  })
  const url = `http://127.0.0.1:${port}`
  await until(() => isHealthy(url), startMsMax)
  return {
    url,
    folder,
    async [Symbol.asyncDispose]() {
      child.kill()
      await child.exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const isHealthy = (url: string) =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

async function until(holds: () => Promise<boolean>, withinMs: number) {
  const deadline = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("the server does not answer")
    await Bun.sleep(50)
  }
}
