import type { UpstreamErrorKind } from "../spec/index.ts"
import type { Failure, Verdict } from "../wire/failure.ts"
import { type Json, text } from "../wire/json.ts"

/** @see https://github.com/novicezk/midjourney-proxy/blob/main/docs/api.md */
const kinds: Readonly<Record<string, UpstreamErrorKind>> = {
  /** The task is not there: it may be somewhere else. */
  3: "model-missing",
  4: "invalid-request",
  9: "overloaded",
  23: "overloaded",
  24: "content-filter",
  /** Resellers. */
  30: "quota",
}

const banned = /banned|sensitive|moderation|policy|敏感|违规/i

export function judge({ code, message, status }: Failure): Verdict {
  if (status !== undefined) return {}
  const kind = kinds[code ?? ""] ?? (banned.test(message) ? "content-filter" : "bad-response")
  return { kind }
}

/** Why a task was not taken on; undefined when it was. */
export function refusalOf(reply: Json, accepted: readonly number[]): Failure | undefined {
  const { code, description } = reply
  if (accepted.includes(Number(code)) && idOf(reply)) return undefined
  const said = text(description) ?? "The upstream did not take the task on."
  return { message: said, code: String(code ?? ""), body: reply }
}

/** A number is too long to be one for JavaScript, so it comes as text. */
export const idOf = ({ result }: Json): string | undefined =>
  typeof result === "number" ? String(result) : text(result)
