import type { ChatRequest } from "../spec/index.ts"
import { thinksByName } from "./request.ts"

/** These take no tools in chat completions, however little they are to think. */
const alwaysThink = /gpt-6(\.\d)?-astra|gpt-6\.[1-9]-sol/

/**
 * Whether OpenAI's chat completions would refuse the request, or lose something of it: newer models
 * take tools there only when they are told not to think, and from 5.6 on they think unless told.
 * Older ones take them, but what they thought is lost between two calls: it stays so for callers
 * who speak chat completions, who get their answer untouched.
 *
 * @see https://platform.openai.com/docs/guides/migrate-to-responses
 */
export function chatRefuses(request: ChatRequest): boolean {
  const { model, native } = request
  if (!thinksByName(model) || !hasTools(request)) return false
  const effort = request.reasoningEffort
  if (alwaysThink.test(model)) return true
  if (effort === "none") return false
  const version = Number(/gpt-(\d+(?:\.\d+)?)/.exec(model)?.[1] ?? 0)
  if (version >= 5.6 || (version >= 5.4 && effort !== undefined)) return true
  return effort !== undefined && native?.dialect !== "openai"
}

/** A caller's own body is not read for it: every dialect calls its tools so. */
function hasTools(request: ChatRequest) {
  const { body } = request.native ?? {}
  const lists = body ? [body.tools, body.functions] : [request.tools]
  return lists.some((list) => Array.isArray(list) && list.length > 0)
}
