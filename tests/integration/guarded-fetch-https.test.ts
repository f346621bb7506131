import { afterAll, beforeAll, expect, test } from "bun:test"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Guard, guardedFetch } from "@nio/server/infra/guarded-fetch"

/** Every name leads to this machine. */
const guard: Guard = { resolve: async () => ["127.0.0.1"], allows: () => true }

let folder: string
let ca: string
let server: Bun.Server<undefined>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nio-tls-"))
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  const made = Bun.spawnSync([
    "openssl",
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=public.test"],
    ...["-addext", "subjectAltName=DNS:public.test", "-keyout", keyFile, "-out", certFile],
  ])
  expect(made.exitCode).toBe(0)
  ca = await readFile(certFile, "utf8")
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    tls: { key: await readFile(keyFile, "utf8"), cert: ca },
    fetch: (request) => new Response(request.headers.get("host")),
  })
})
afterAll(async () => {
  await server.stop(true)
  await rm(folder, { recursive: true })
})

const get = (host: string, own: Partial<Guard>) =>
  guardedFetch(
    `https://${host}:${server.port}/`,
    { timeoutMs: 2_000, bytesMax: 1_000 },
    { ...guard, ...own },
  )

test("the connection goes to the checked address in the name of the host", async () => {
  const { bytes } = await get("public.test", { ca })
  expect(Buffer.from(bytes).toString()).toBe(`public.test:${server.port}`)
})

test("the certificate must be the name's, not the address's", async () => {
  await get("public.test", { ca })
  const refused = get("other.test", { ca })
  expect(refused).rejects.toMatchObject({ name: "GuardError", reason: "network" })
  await refused.catch(() => {})
})

test("a certificate nobody vouches for is refused", async () => {
  const refused = get("public.test", {})
  expect(refused).rejects.toMatchObject({ name: "GuardError", reason: "network" })
  await refused.catch(() => {})
})
