import { type Upstream, UpstreamError } from "../spec/index.ts"
import { getJson } from "../wire/get-json.ts"
import { count, record, text } from "../wire/json.ts"
import {
  type ServiceAccount,
  signAssertion,
  tokenUriDefault,
} from "../wire/sign/service-account.ts"
import { createTokenStore } from "../wire/token-store.ts"

const tokens = createTokenStore()
const lifetimeSDefault = 3_600

/**
 * The account's token: a kept one, or a new one.
 *
 * @throws UpstreamError `auth` when Google does not know the account
 */
export const accessToken = (account: ServiceAccount, upstream: Upstream): Promise<string> =>
  tokens.of(upstream.key, async () => {
    const got = record(await exchange(account, upstream))
    const token = text(got.access_token)
    if (!token) throw new UpstreamError("bad-response", "Google gave no access token.")
    return { token, lifetimeMs: (count(got.expires_in) ?? lifetimeSDefault) * 1_000 }
  })

/** A token that is refused is not offered again. */
export const forgetToken = ({ key }: Upstream) => tokens.forget(key)

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
