import type { UpstreamErrorKind } from "../spec/index.ts"
import { isRecord, type Json, parseJson, record, records } from "./json.ts"

/** What an upstream said about its failure, in nobody's shape. */
export type Failure = {
  /** HTTP status, or the one the body names. */
  status?: number
  message: string
  code?: string
  type?: string
  param?: string
  /** The whole body, for what only one protocol has. */
  body: unknown
}

export type Verdict = { kind?: UpstreamErrorKind; retryAfterMs?: number }

/**
 * Finds the words in any of the shapes upstreams use. `status` is left out for a failure that
 * came with a 200: then the body's own number counts.
 */
export function failureOf(body: unknown, status?: number): Failure {
  const whole = record(Array.isArray(body) ? body[0] : body)
  const error = record(whole.error)
  const named = status ?? numberedStatus(error.code, error.status_code, whole.code, whole.status)
  const code = codeOf(whole, error)
  return {
    message:
      messageOf(whole) ?? plain(body) ?? `The upstream answered ${named ?? "with an error"}.`,
    body: whole,
    ...(named !== undefined && { status: named }),
    ...(code !== undefined && { code }),
    ...stringField(error, "type"),
    ...stringField(error, "param"),
  }
}

export const failureOfText = (text: string, status: number) =>
  failureOf(parseJson(text) ?? text, status)

/** Words before numbers, and of those only the ones that are no HTTP status. */
function codeOf(whole: Json, error: Json): string | undefined {
  const candidates = [
    error.code,
    whole.code,
    error.status,
    record(record(whole.Response).Error).Code,
    record(whole.ErrorMsg).Code,
    record(whole.header).code,
    record(whole.base_resp).status_code,
    whole.error_code,
    records(whole.errors)[0]?.code,
  ]
  const word = candidates.find((value) => typeof value === "string")
  const number = candidates.find((value) => typeof value === "number" && value > 599)
  return typeof word === "string" ? word : number === undefined ? undefined : String(number)
}

function messageOf(whole: Json): string | undefined {
  const error = record(whole.error)
  const candidates = [
    error.message,
    // Before `error`: where both are strings, that one is a code or the status in words.
    whole.message,
    whole.Message,
    whole.error,
    whole.msg,
    whole.err,
    whole.error_msg,
    record(whole.header).message,
    record(record(whole.Response).Error).Message,
    record(whole.ErrorMsg).Msg,
    record(whole.base_resp).status_msg,
    records(whole.errors)[0]?.message,
    whole.detail,
    records(whole.detail)[0]?.msg,
    record(whole.message).detail,
  ]
  const said = candidates.find((value) => typeof value === "string" && value !== "")
  return typeof said === "string" ? said : undefined
}

const numberedStatus = (...codes: unknown[]) =>
  codes.map(Number).find((code) => code >= 400 && code <= 599)

const stringField = <Name extends string>(from: Json, name: Name) =>
  typeof from[name] === "string" ? { [name]: from[name] as string } : {}

/** A page says nothing to a caller; a line of text may. */
function plain(body: unknown) {
  if (isRecord(body) || typeof body !== "string" || body.trim() === "") return undefined
  if (/<(!doctype|html|head|body)\b/i.test(body)) return pageMessage
  return body.replace(/<[^>]{0,500}>/g, " ").slice(0, 4_096)
}

export const pageMessage = "The upstream answered with a web page instead of an answer."
