import { randomBytes, randomUUID } from "node:crypto"
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"

/** The secret of this installation, made at first start. Readable by its owner only. */
export async function secretFromFile(dataDir: string): Promise<string> {
  const path = join(dataDir, "secret")
  await mkdir(dataDir, { recursive: true })
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, randomBytes(32).toString("hex"), { mode: 0o600 })
    // A link appears whole or, when the file is there already, not at all: two starts agree on one.
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  } finally {
    await rm(draft, { force: true })
  }
  const secret = (await readFile(path, "utf8")).trim()
  if (secret.length < 32)
    throw new Error(`${path} is damaged: remove it to get a new secret, or restore it.`)
  return secret
}
