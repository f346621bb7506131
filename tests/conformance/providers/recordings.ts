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

const folders = [
  "openai",
  "azure",
  "anthropic",
  "gemini",
  "deepseek",
  "groq",
  "moonshot",
  "openrouter",
  "xai",
  "mistral",
  "alibaba",
  "baidu",
  "hunyuan",
  "minimax",
  "volcengine",
  "zhipu",
  "vertex",
  "bedrock",
  "cohere",
  "ollama",
  "lmstudio",
  "perplexity",
  "together",
  "cerebras",
  "huggingface",
  "snowflake",
  "writer",
]

const chatEndpoint =
  /^\/$|\/chat$|wenxinworkshop|^\/model\/|(text|multimodal)-generation\/|chat\/completions|chatcompletion_v2|\/responses$|\/messages(\?|$)|:(stream)?generateContent/i

/** All recordings of chats, and how many others there are; undefined when they are not here. */
export async function readRecordings() {
  try {
    const all = await Promise.all(folders.flatMap(casesIn).map(read))
    const chats = all.filter(({ endpoint }) => chatEndpoint.test(endpoint))
    return { chats, others: all.length - chats.length }
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
