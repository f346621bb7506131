import { compactTime, deriveKey, hmacSha256, sha256Hex } from "./digest.ts"

type Key = { accessKey: string; secretKey: string }
type Signed = { url: string; region: string; service: string; body: string; contentType: string }

/**
 * The headers that sign a POST in Volcengine's fourth way, a relative of AWS's.
 *
 * @see https://www.volcengine.com/docs/6369/67269
 */
export function signVolcengine(signed: Signed, { accessKey, secretKey }: Key, now: number) {
  const { url, region, service, body, contentType } = signed
  const { host, pathname, search } = new URL(url)
  const time = compactTime(now)
  const digest = sha256Hex(body)
  const headers = {
    "content-type": contentType,
    host,
    "x-content-sha256": digest,
    "x-date": time,
  }
  const names = Object.keys(headers).join(";")
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`)
  const request = ["POST", pathname, search.slice(1), ...lines, "", names, digest].join("\n")
  const scope = `${time.slice(0, 8)}/${region}/${service}/request`
  const text = ["HMAC-SHA256", time, scope, sha256Hex(request)].join("\n")
  const signature = hmacSha256(deriveKey(secretKey, scope.split("/")), text).toString("hex")
  return {
    "content-type": contentType,
    "x-content-sha256": digest,
    "x-date": time,
    authorization: `HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}
