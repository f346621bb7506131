import type { Upstream } from "../spec/index.ts"
import { getJson } from "./get-json.ts"
import { record, records, text } from "./json.ts"
import type { ChatProtocol } from "./protocol.ts"

/** More pages than any upstream has; one that never ends is left. */
const pagesMax = 20

/** How an upstream lists its models. */
export type ModelList = {
  /** `page` is what `nextPage` found in the page before. */
  url(upstream: Upstream, page: string | undefined): string
  headers(upstream: Upstream): Record<string, string>
  /** The field with the models, and in each the one with its name. */
  list: string
  name: string
  nextPage?(document: unknown): string | undefined
}

/** Their names, in the upstream's order, each once. @throws UpstreamError, or the signal's reason */
export async function listModels(
  protocol: Pick<ChatProtocol, "judge">,
  { url, headers, list, name, nextPage }: ModelList,
  upstream: Upstream,
): Promise<string[]> {
  const names = new Set<string>()
  let page: string | undefined
  for (let read = 0; read < pagesMax; read++) {
    const request = { url: url(upstream, page), headers: headers(upstream) }
    const document = await getJson(protocol, request, upstream)
    for (const model of records(Array.isArray(document) ? document : record(document)[list])) {
      const found = text(model[name])
      if (found) names.add(found)
    }
    page = nextPage?.(document)
    if (page === undefined) break
  }
  return [...names]
}
