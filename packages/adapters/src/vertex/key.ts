import { type Upstream, UpstreamError } from "../spec/index.ts"
import { parseJson, record, text } from "../wire/json.ts"
import type { ServiceAccount } from "../wire/sign/service-account.ts"

type Key = { account?: ServiceAccount; project?: string; apiKey?: string; region?: string }

/**
 * A service account as one line of JSON, or that in base64, or the key of the express mode; each
 * may name a region after a `|`.
 *
 * @throws UpstreamError when it is meant to be an account and is none
 */
export function readKey(key: string): Key {
  const [, secret = "", region] = /^(.*?)(?:\|([\w-]+))?$/s.exec(key.trim()) ?? []
  const json = secret.includes("{") ? secret : Buffer.from(secret, "base64").toString()
  const own = region === undefined ? {} : { region }
  if (!json.includes("{")) return { apiKey: secret, ...own }
  const account = record(parseJson(json))
  if (!text(account.client_email) || !text(account.private_key))
    throw new UpstreamError("auth", "The channel's secret is not a service account.")
  return {
    account: account as ServiceAccount,
    ...(text(account.project_id) && { project: String(account.project_id) }),
    ...own,
  }
}

/** Addresses name their region, but for the global one. */
const regionIn = (address: string) =>
  /\/\/([\w-]+)-aiplatform\.googleapis/.exec(address)?.[1] ??
  /\/\/aiplatform\.(eu|us)\.rep\.googleapis/.exec(address)?.[1]

const hostOf = (region: string) =>
  region === "global"
    ? "https://aiplatform.googleapis.com"
    : region === "eu" || region === "us"
      ? `https://aiplatform.${region}.rep.googleapis.com`
      : `https://${region}-aiplatform.googleapis.com`

/**
 * Everything before `/publishers`. An address that names a project and a place is taken as it is;
 * without a project (the express mode) there is no place either.
 *
 * @see https://cloud.google.com/vertex-ai/docs/reference/rest
 */
export function rootOf({ baseUrl }: Pick<Upstream, "baseUrl">, { project, region }: Key) {
  if (/\/locations\/[^/]+$/.test(baseUrl)) return baseUrl
  const google = /^https:\/\/[\w.-]*aiplatform\.[\w.]*googleapis\.com/.exec(baseUrl)?.[0]
  const address = region && google ? baseUrl.replace(google, hostOf(region)) : baseUrl
  const versioned = /\/v\d\w*$/.test(address) ? address : `${address}/v1`
  if (!project) return versioned
  return `${versioned}/projects/${project}/locations/${region ?? regionIn(address) ?? "global"}`
}
