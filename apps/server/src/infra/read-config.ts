import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"

/** Far above any real configuration. */
const bytesMax = 8 * 1024 * 1024

/**
 * Chat Nio's `config.yaml`, parsed. Only read, never written. Aliases are refused: the original
 * writes none, and a few of them can unfold into gigabytes.
 * @param place the file, or the folder it is in
 * @returns undefined when there is no such file
 * @throws Error that names the file and what is wrong with it
 */
export async function readConfig(place: string): Promise<unknown> {
  const path = /\.ya?ml$/i.test(place) ? place : join(place, "config.yaml")
  const size = await stat(path).then(
    (file) => file.size,
    () => undefined,
  )
  if (size === undefined) return undefined
  if (size > bytesMax) throw new Error(`${path} is larger than ${bytesMax} bytes`)
  const { parse } = await import("yaml")
  try {
    return parse(await readFile(path, "utf8"), { maxAliasCount: 0 })
  } catch (error) {
    // Further lines quote the file, secrets included.
    const [reason] = String(error instanceof Error ? error.message : error).split("\n")
    throw new Error(`${path} could not be read: ${reason}`, { cause: error })
  }
}
