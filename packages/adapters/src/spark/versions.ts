import { UpstreamError } from "../spec/index.ts"

/** One of the models, which have a path and a domain each. */
export type Version = {
  path: string
  domain: string
  tokensMax: number
  /** Whether it takes a system turn and functions. */
  able: boolean
}

const lite = { path: "/v1.1/chat", domain: "lite", tokensMax: 4_096, able: false }
const v2 = { path: "/v2.1/chat", domain: "generalv2", tokensMax: 8_192, able: false }
const pro = { path: "/v3.1/chat", domain: "generalv3", tokensMax: 8_192, able: false }
const pro128k = { path: "/chat/pro-128k", domain: "pro-128k", tokensMax: 4_096, able: false }
const max = { path: "/v3.5/chat", domain: "generalv3.5", tokensMax: 8_192, able: true }
const max32k = { path: "/chat/max-32k", domain: "max-32k", tokensMax: 8_192, able: true }
const ultra = { path: "/v4.0/chat", domain: "4.0Ultra", tokensMax: 8_192, able: true }
const x1 = { path: "/v1/x1", domain: "x1", tokensMax: 32_768, able: true }

/** By Chat Nio's names, those of other relays, and iFlytek's own; in lower case. */
const byName = new Map<string, Version>([
  ["spark-desk-lite", lite],
  ["spark-desk-v1.5", lite],
  ["sparkdesk", lite],
  ["sparkdesk-v1.1", lite],
  ["general", lite],
  ["spark-desk-v2", v2],
  ["sparkdesk-v2.1", v2],
  ["spark-desk-pro", pro],
  ["spark-desk-v3", pro],
  ["sparkdesk-v3.1", pro],
  ["spark-desk-pro-128k", pro128k],
  ["sparkdesk-v3.1-128k", pro128k],
  ["spark-desk-max", max],
  ["spark-desk-v3.5", max],
  ["sparkdesk-v3.5", max],
  ["spark-desk-max-32k", max32k],
  ["sparkdesk-v3.5-32k", max32k],
  ["spark-desk-4.0-ultra", ultra],
  ["sparkdesk-v4.0", ultra],
  ["spark-desk-x1", x1],
  ["spark-x", x1],
  ...[lite, v2, pro, pro128k, max, max32k, ultra, x1].map(
    (version) => [version.domain.toLowerCase(), version] as const,
  ),
])

/** @throws UpstreamError when there is no such model */
export function versionOf(model: string): Version {
  const version = byName.get(model.toLowerCase())
  if (version) return version
  throw new UpstreamError("model-missing", `Spark has no model ${model}.`, { code: "10404" })
}

/** The generation that speaks like OpenAI. */
export const isNewest = (model: string) => /^spark-x\d/i.test(model)

/** Offered in the admin form. @see https://www.xfyun.cn/doc/spark/Web.html */
export const models = [
  "spark-desk-4.0-ultra",
  "spark-desk-x1",
  "spark-x2.5",
  "spark-x2.5-4b",
  "spark-x2.5-1.7b",
  "spark-desk-max-32k",
  "spark-desk-max",
  "spark-desk-pro-128k",
  "spark-desk-pro",
  "spark-desk-lite",
  "spark-desk-v3.5",
  "spark-desk-v3",
  "spark-desk-v2",
  "spark-desk-v1.5",
] as const
