import { type Upstream, UpstreamError } from "../spec/index.ts"
import { getJson } from "../wire/get-json.ts"
import { count, record, text } from "../wire/json.ts"
import { createTokenStore } from "../wire/token-store.ts"

const tokens = createTokenStore()
const lifetimeSDefault = 2_592_000

/**
 * The token of a key `client-id|client-secret`.
 *
 * @throws UpstreamError `auth` when Baidu does not know it
 * @see https://cloud.baidu.com/doc/WENXINWORKSHOP/s/Ilkkrb0i5
 */
export const accessToken = (upstream: Upstream): Promise<string> =>
  tokens.of(idOf(upstream), async () => {
    const [client_id = "", client_secret = ""] = upstream.key.split("|").map((part) => part.trim())
    const query = new URLSearchParams({
      grant_type: "client_credentials",
      client_id,
      client_secret,
    })
    const url = `${new URL(upstream.baseUrl).origin}/oauth/2.0/token?${query}`
    const got = record(await getJson({ judge }, { url, headers: {}, body: "" }, upstream))
    const token = text(got.access_token)
    if (!token) throw new UpstreamError("auth", "Baidu gave no access token.")
    return { token, lifetimeMs: (count(got.expires_in) ?? lifetimeSDefault) * 1_000 }
  })

export const forgetToken = (upstream: Upstream) => tokens.forget(idOf(upstream))

/** The same key at another address is another's. */
const idOf = ({ baseUrl, key }: Upstream) => `${baseUrl} ${key}`

const judge = ({ status = 0 }) => (status < 500 && status !== 429 ? { kind: "auth" as const } : {})
