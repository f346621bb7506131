import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A certificate for a name that nobody vouches for but itself. */
export async function makeCertificate(name: string): Promise<{ key: string; cert: string }> {
  const folder = await mkdtemp(join(tmpdir(), "nio-tls-"))
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  const made = Bun.spawnSync([
    "openssl",
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`],
    ...["-addext", `subjectAltName=DNS:${name}`, "-keyout", keyFile, "-out", certFile],
  ])
  if (made.exitCode !== 0) throw new Error(`openssl: ${made.stderr}`)
  const pair = { key: await readFile(keyFile, "utf8"), cert: await readFile(certFile, "utf8") }
  await rm(folder, { recursive: true })
  return pair
}
