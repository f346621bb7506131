import type { Settings } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { engines, type Hit } from "./engines.ts"

const searchMsMax = 10_000
const answerBytesMax = 2 * 1024 * 1024
const resultsInitial = 5
/** Of all results together, whatever the operator allows. */
const textCharsMax = 16_000

/**
 * What the web says, as lines of `title (url): snippet`.
 * @throws Error in words for whoever set the service up; the signal's reason when the caller gave up
 */
export async function searchWeb(
  deps: Deps,
  settings: Settings,
  query: string,
  signal?: AbortSignal,
): Promise<string> {
  const engine = engines[settings["search.kind"]]
  const asked = settings["search.results"]
  const results = asked > 0 ? asked : resultsInitial
  const address = addressOf(() => engine.address(settings, query, results))
  const limits = { timeoutMs: searchMsMax, bytesMax: answerBytesMax, ...(signal && { signal }) }
  const { status, text } = await deps.fetchText(address, limits)
  if (status !== 200) throw new Error(`the search service answered ${status}`)
  const hits = hitsOf(() => engine.read(JSON.parse(text)))
  return cropped(hits.slice(0, results).map(inOneLine).join("\n"), settings["search.cropChars"])
}

function addressOf(make: () => URL): string {
  try {
    return make().href
  } catch {
    throw new Error("the search endpoint is not set up")
  }
}

function hitsOf(read: () => Hit[]): Hit[] {
  try {
    return read()
  } catch {
    throw new Error("the search service answered something else than results")
  }
}

const inOneLine = ({ title, url, snippet }: Hit) => `${title} (${url}): ${snippet}`

/** `cropChars` 0 means as much as there is. Never cuts a character in two. */
function cropped(text: string, cropChars: number): string {
  const most = cropChars > 0 ? Math.min(cropChars, textCharsMax) : textCharsMax
  if (text.length <= most) return text
  const end = /[\ud800-\udbff]/.test(text[most - 1] ?? "") ? most - 1 : most
  return `${text.slice(0, end)}...`
}
