import type { Upstream } from "../spec/index.ts"
import { type CodeTable, kindByCode } from "../wire/code-table.ts"
import type { Failure, Verdict } from "../wire/failure.ts"
import { getJson } from "../wire/get-json.ts"
import { type Json, record, text } from "../wire/json.ts"
import { errorOf } from "../wire/upstream-error.ts"

const channelDefault = "claude-slack"

export function partsOf({ key }: Upstream) {
  const [bot = "", token = "", channel] = key.split("|").map((part) => part.trim())
  return { bot, token, channel: channel || channelDefault }
}

export const headersOf = (upstream: Upstream) => ({
  authorization: `Bearer ${partsOf(upstream).token}`,
})

/** @see https://api.slack.com/methods/chat.postMessage#errors */
const kinds: CodeTable = {
  invalid_auth: "auth",
  not_authed: "auth",
  account_inactive: "auth",
  token_revoked: "auth",
  missing_scope: "auth",
  ratelimited: "rate-limit",
  channel_not_found: "model-missing",
  invalid_arguments: "invalid-request",
  msg_too_long: "invalid-request",
  service_unavailable: "overloaded",
  internal_error: "overloaded",
  claude_moderation: "content-filter",
  claude_error_message: "overloaded",
}

export function judge({ code }: Failure): Verdict {
  const kind = kindByCode(kinds, code)
  return kind ? { kind } : {}
}

/** Slack refuses with a 200. */
export function refusalOf(reply: Json): Failure | undefined {
  if (reply.ok !== false) return undefined
  const code = text(reply.error) ?? "unknown"
  return { message: `Slack answered: ${code}.`, code, body: reply }
}

/** @throws UpstreamError, or the signal's reason when the caller gave up */
export async function callSlack(
  method: string,
  body: object | undefined,
  upstream: Upstream,
): Promise<Json> {
  const request = {
    url: `${upstream.baseUrl}/${method}`,
    headers: headersOf(upstream),
    ...(body && { body: JSON.stringify(body) }),
  }
  const reply = record(await getJson({ judge }, request, upstream))
  const refusal = refusalOf(reply)
  if (refusal) throw errorOf({ judge }, refusal, upstream)
  return reply
}
