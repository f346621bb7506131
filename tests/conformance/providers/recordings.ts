import { readdirSync } from "node:fs"
import { join } from "node:path"

/** One recorded exchange with a real upstream. */
export type Recording = {
  /** `openai/chat-text`. */
  name: string
  folder: string
  endpoint: string
  status: number
  stream: boolean
  headers: Record<string, string>
  /** What whoever catalogued the recording saw in it. */
  features: string[]
  /** What was sent, as text; missing when only the answer was recorded. */
  request: string | undefined
  body: Uint8Array
  /** The messages of a binary stream, as the cataloguer decoded them. */
  decoded: readonly any[] | undefined
}

/** Beside the checkout, unless told otherwise. A clone without it skips the suite. */
const root =
  process.env.FIXTURES_DIR ?? join(import.meta.dir, "../../../../shared/fixtures/upstream")

/** All of them; undefined when they are not here. */
export async function readRecordings(): Promise<Recording[] | undefined> {
  try {
    const folders = readdirSync(root).filter((name) => !name.startsWith("_"))
    return await Promise.all(folders.sort().flatMap(casesIn).map(read))
  } catch (cause) {
    if ((cause as { code?: string }).code === "ENOENT") return undefined
    throw cause
  }
}

const casesIn = (folder: string) =>
  readdirSync(join(root, folder))
    .sort()
    .map((name) => `${folder}/${name}`)

async function read(name: string): Promise<Recording> {
  const meta = await Bun.file(join(root, name, "meta.json")).json()
  const request = Bun.file(join(root, name, "request.json"))
  const files = readdirSync(join(root, name))
  const response = files.find((file) => /^response\.(?!decoded)/.test(file))!
  const decoded = Bun.file(join(root, name, "response.decoded.jsonl"))
  return {
    name,
    folder: name.split("/")[0]!,
    endpoint: meta.endpoint ?? "",
    status: meta.status,
    stream: meta.stream,
    features: meta.features,
    headers: {
      ...(meta.content_type && { "content-type": meta.content_type }),
      ...onlyStrings(meta.response_headers),
    },
    request: (await request.exists()) ? await request.text() : undefined,
    body: await Bun.file(join(root, name, response)).bytes(),
    decoded: (await decoded.exists()) ? linesOf(await decoded.text()) : undefined,
  }
}

const onlyStrings = (headers: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const linesOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line).payload)
