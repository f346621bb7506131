import { type Upstream, UpstreamError } from "../spec/index.ts"
import { getJson } from "../wire/get-json.ts"
import { count, record, text } from "../wire/json.ts"
import { sha256Hex } from "../wire/sign/digest.ts"
import {
  type ServiceAccount,
  signAssertion,
  tokenUriDefault,
} from "../wire/sign/service-account.ts"

type Token = { token: string; untilMs: number }

/** Tokens by a hash of the key they were given for. */
const tokens = new Map<string, Token>()
/** More accounts than any installation has; beyond it the oldest goes. */
const tokensMax = 1_000
/** A token is asked for anew this long before it ends, so that none ends on its way. */
const marginMs = 5 * 60_000
const lifetimeSDefault = 3_600

/**
 * The account's token: a kept one, or a new one.
 *
 * @throws UpstreamError `auth` when Google does not know the account
 */
export async function accessToken(account: ServiceAccount, upstream: Upstream): Promise<string> {
  const id = sha256Hex(upstream.key)
  const kept = tokens.get(id)
  if (kept && kept.untilMs > Date.now()) return kept.token
  const got = record(await exchange(account, upstream))
  const token = text(got.access_token)
  if (!token) throw new UpstreamError("bad-response", "Google gave no access token.")
  const lifetimeMs = (count(got.expires_in) ?? lifetimeSDefault) * 1_000
  tokens.delete(id)
  tokens.set(id, { token, untilMs: Date.now() + lifetimeMs - marginMs })
  const [oldest] = tokens.keys()
  if (tokens.size > tokensMax && oldest !== undefined) tokens.delete(oldest)
  return token
}

/** A token that is refused is not offered again. */
export const forgetToken = ({ key }: Upstream) => tokens.delete(sha256Hex(key))

/** @see https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
async function exchange(account: ServiceAccount, upstream: Upstream) {
  const assertion = await signAssertion(account, Date.now()).catch(() => {
    throw new UpstreamError("auth", "The private key of the service account cannot be read.")
  })
  const form = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion }
  const request = {
    url: account.token_uri ?? tokenUriDefault,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  }
  // The channel's own headers are for the channel's address.
  return getJson({ judge }, request, { ...upstream, headers: {} })
}

/** `invalid_grant` is a 400. */
const judge = ({ status = 0 }) => (status < 500 && status !== 429 ? { kind: "auth" as const } : {})
