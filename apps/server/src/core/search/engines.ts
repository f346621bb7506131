import { z } from "zod"
import type { Settings } from "../../contract/index.ts"
import { plainText } from "./plain-text.ts"

/** One hit, as text without markup. */
export type Hit = { title: string; url: string; snippet: string }

/** A search service: how to ask it, and how to read what it says. */
export type Engine = {
  /** @throws TypeError when the endpoint is no address */
  address(settings: Settings, query: string, results: number): URL
  /** @throws when the answer has not the expected shape */
  read(document: unknown): Hit[]
}

const duckduckgoEndpoint = "https://duckduckgo-api.vercel.app"

/** @see https://github.com/binjie09/duckduckgo-api */
const duckduckgo: Engine = {
  address(settings, query, results) {
    const endpoint = settings["search.endpoint"] || duckduckgoEndpoint
    const url = new URL(`${endpoint.replace(/\/+$/, "").replace(/\/search$/, "")}/search`)
    url.searchParams.set("q", query)
    url.searchParams.set("max_results", String(results))
    return url
  },
  read(document) {
    // Older deployments answer with the bare list.
    const list = Array.isArray(document) ? document : lists.parse(document).results
    return list.flatMap((entry) => {
      const { data } = duckduckgoHit.safeParse(entry)
      return data ? [hit(data.title, data.href, data.body)] : []
    })
  },
}

/** @see https://docs.searxng.org/dev/search_api.html */
const searxng: Engine = {
  address(settings, query) {
    const url = new URL(settings["search.endpoint"])
    if (url.pathname === "/") url.pathname = "/search"
    const { searchParams } = url
    searchParams.set("q", query)
    searchParams.set("format", "json")
    searchParams.set("safesearch", String(settings["search.safesearch"]))
    const engines = settings["search.engines"]
    if (engines.length > 0) searchParams.set("engines", engines.join(","))
    searchParams.set("image_proxy", settings["search.imageProxy"] ? "True" : "False")
    return url
  },
  read(document) {
    return lists.parse(document).results.flatMap((entry) => {
      const { data } = searxngHit.safeParse(entry)
      return data ? [hit(data.title, data.url, data.content)] : []
    })
  },
}

export const engines: Record<Settings["search.kind"], Engine> = { duckduckgo, searxng }

const filled = z.string().min(1)
const lists = z.object({ results: z.array(z.unknown()) })
const duckduckgoHit = z.object({ title: filled, href: filled, body: filled })
const searxngHit = z.object({ title: filled, url: filled, content: filled })

const hit = (title: string, url: string, snippet: string): Hit => ({
  title: plainText(title),
  url: url.replace(/\s/g, ""),
  snippet: plainText(snippet),
})
