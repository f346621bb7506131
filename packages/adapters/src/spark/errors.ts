import type { UpstreamErrorKind } from "../spec/index.ts"
import { type CodeTable, kindByCode } from "../wire/code-table.ts"
import type { Failure, Verdict } from "../wire/failure.ts"

/** @see https://www.xfyun.cn/doc/spark/接口说明.html */
const errors: CodeTable = {
  10000: "invalid-request",
  10001: "invalid-request",
  10002: "invalid-request",
  10003: "invalid-request",
  10004: "invalid-request",
  10005: "invalid-request",
  10006: "rate-limit",
  10007: "rate-limit",
  10008: "overloaded",
  10009: "overloaded",
  10010: "overloaded",
  10011: "overloaded",
  10012: "overloaded",
  10013: "content-filter",
  10014: "content-filter",
  10015: "auth",
  10016: "auth",
  10019: "content-filter",
  10021: "overloaded",
  10110: "overloaded",
  10163: "invalid-request",
  10222: "overloaded",
  10404: "model-missing",
  10907: "invalid-request",
  11200: "auth",
  11201: "quota",
  11202: "rate-limit",
  11203: "rate-limit",
}

/** How long an application is left alone that asked too often within a second. */
const qpsRestMs = 500

export function judge({ code, message }: Failure): Verdict {
  if (/AppIdQpsOverFlow/i.test(message)) return { kind: "rate-limit", retryAfterMs: qpsRestMs }
  const kind: UpstreamErrorKind | undefined = kindByCode(errors, code ?? codeIn(message))
  return kind ? { kind } : {}
}

/** The HTTP interface writes the code at the end of its sentence, too. */
const codeIn = (message: string) => /\((1\d{4})\)\s*$/.exec(message)?.[1]
