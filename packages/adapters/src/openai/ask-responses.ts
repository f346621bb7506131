import { type Answer, type ChatRequest, type Upstream, UpstreamError } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import type { ChatProtocol } from "../wire/protocol.ts"

/** Addresses that were found to have no Responses API, as long as this process lives. */
const withoutResponses = new Set<string>()
const addressesMax = 1_000

/** Nothing is there, or nothing that may be asked. */
const nothingThere = [404, 405, 501]

/**
 * Asks in the Responses API, and in chat where there is none: many servers are run as if they were
 * OpenAI's and only know the older of the two. The second question is the first one's form, not a
 * retry: nobody has been asked for an answer before it.
 *
 * @throws UpstreamError, or the signal's reason when the caller gave up
 */
export async function askResponses(
  { responses, chat }: { responses: ChatProtocol; chat: ChatProtocol },
  request: ChatRequest,
  upstream: Upstream,
): Promise<Answer> {
  if (withoutResponses.has(upstream.baseUrl)) return askChat(chat, request, upstream)
  try {
    return await askChat(responses, request, upstream)
  } catch (error) {
    if (!(error instanceof UpstreamError) || !hasNone(error)) throw error
    if (withoutResponses.size < addressesMax) withoutResponses.add(upstream.baseUrl)
    return askChat(chat, request, upstream)
  }
}

/** A model or a kept answer that is missing has a name; a route that is missing has none. */
const hasNone = ({ status = 0, code, param }: UpstreamError) =>
  nothingThere.includes(status) && !code && !param
