import { hmacSha256 } from "./digest.ts"

/** How long a token is good for. */
const tokenMs = 5 * 60_000

/**
 * A JSON web token in Zhipu's own form: times are milliseconds.
 *
 * @param key `id.secret`
 * @see https://docs.bigmodel.cn/cn/guide/develop/http/introduction
 */
export function zhipuToken(key: string, now: number): string {
  const [id = "", secret = ""] = key.split(".")
  const claims = { api_key: id, exp: now + tokenMs, timestamp: now }
  const signed = [{ alg: "HS256", sign_type: "SIGN" }, claims].map(encoded).join(".")
  return `${signed}.${hmacSha256(secret, signed).toString("base64url")}`
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
