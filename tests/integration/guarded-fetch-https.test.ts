import { afterAll, beforeAll, expect, test } from "bun:test"
import { type Guard, guardedFetch } from "@nio/server/infra/guarded-fetch"
import { makeCertificate } from "../support/certificate.ts"

/** Every name leads to this machine. */
const guard: Guard = { resolve: async () => ["127.0.0.1"], allows: () => true }

let ca: string
let server: Bun.Server<undefined>
beforeAll(async () => {
  const { key, cert } = await makeCertificate("public.test")
  ca = cert
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    tls: { key, cert },
    fetch: (request) => new Response(request.headers.get("host")),
  })
})
afterAll(() => server.stop(true))

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

test("S13: a certificate nobody vouches for is refused", async () => {
  const refused = get("public.test", {})
  expect(refused).rejects.toMatchObject({ name: "GuardError", reason: "network" })
  await refused.catch(() => {})
})
