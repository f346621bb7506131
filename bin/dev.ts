import { join } from "node:path"
import { freePort } from "../tests/support/free-port.ts"

const root = join(import.meta.dir, "..")
const web = join(root, "apps/web")
const port = Number(process.env.PORT || process.env.SERVER_PORT || 8094)
const inner = await freePort()

/** What the server answers; everything else is the web's. */
const served = ["^/trpc/", "^/v1/", "^/api/", "^/chat(\\?|$)", "^/(healthz|readyz|metrics)$"]

const server = Bun.spawn([process.execPath, "--watch", "apps/server/src/main.ts"], {
  cwd: root,
  env: { ...process.env, PORT: `${inner}`, SERVER_PORT: `${inner}` },
  stdio: ["ignore", "inherit", "inherit"],
})

const { createServer } = await loadVite()
const vite = await createServer({
  root: web,
  server: {
    port,
    strictPort: true,
    host: process.env.HOST || "localhost",
    proxy: Object.fromEntries(
      served.map((path) => [path, { target: `http://127.0.0.1:${inner}`, ws: true }]),
    ),
  },
})
await vite.listen()
console.log(
  `\nDevelopment: http://localhost:${port} (the web reloads by itself, so does the server)`,
)

process.on("SIGINT", end)
process.on("SIGTERM", end)
void server.exited.then(end)

async function end() {
  server.kill("SIGTERM")
  await Promise.all([server.exited, vite.close()])
  process.exit(server.exitCode ?? 0)
}

type Vite = {
  createServer(config: object): Promise<{ listen(): Promise<unknown>; close(): Promise<void> }>
}

/** Vite is a dependency of the web alone, so it is found from there. It keeps to the type above. */
async function loadVite(): Promise<Vite> {
  process.chdir(web)
  return import(Bun.resolveSync("vite", web))
}
