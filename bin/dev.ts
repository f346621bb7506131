import { join } from "node:path"
import { freePort } from "../tests/support/free-port.ts"

const root = join(import.meta.dir, "..")
const web = join(root, "apps/web")
const port = Number(process.env.PORT || process.env.SERVER_PORT || 8094)
const inner = await freePort()

const server = Bun.spawn([process.execPath, "--watch", "apps/server/src/main.ts"], {
  cwd: root,
  env: { ...process.env, PORT: `${inner}`, SERVER_PORT: `${inner}` },
  stdio: ["ignore", "pipe", "inherit"],
})
void passOn(server.stdout)

// Where the web's own configuration sends what the server answers.
process.env.API_URL = `http://127.0.0.1:${inner}`
const { createServer } = await loadVite()
const vite = await createServer({ root: web, server: { port, strictPort: true } })
await vite.listen()

process.on("SIGINT", () => void end())
process.on("SIGTERM", () => void end())
void server.exited.then(end)

async function end() {
  server.kill("SIGTERM")
  await Promise.all([server.exited, vite.close()])
  process.exit(server.exitCode ?? 0)
}

/** What the server says, with the address that people shall open in the place of its own. */
async function passOn(output: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder()
  for await (const bytes of output) {
    const text = decoder.decode(bytes, { stream: true })
    process.stdout.write(text.replaceAll(`localhost:${inner}`, `localhost:${port}`))
  }
}

type Vite = {
  createServer(config: object): Promise<{ listen(): Promise<unknown>; close(): Promise<void> }>
}

/** Vite is a dependency of the web alone, so it is found from there. It keeps to the type above. */
async function loadVite(): Promise<Vite> {
  process.chdir(web)
  return import(Bun.resolveSync("vite", web))
}
