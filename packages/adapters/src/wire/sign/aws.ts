import { compactTime, deriveKey, hmacSha256, sha256Hex } from "./digest.ts"

export type AwsKey = { accessKey: string; secretKey: string; sessionToken?: string | undefined }
type Signed = {
  method: "GET" | "POST"
  url: string
  region: string
  service: string
  /** The headers to sign, beside the host and the time. Lower-case names. */
  headers: Readonly<Record<string, string>>
  body: string
}

/**
 * The headers that sign a request in AWS's fourth way. `url` has its path encoded once, as it goes
 * over the wire; what is signed is encoded once more.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signAws(signed: Signed, key: AwsKey, now: number): Record<string, string> {
  const { method, url, region, service, body } = signed
  const { host, pathname, search } = new URL(url)
  const time = compactTime(now)
  const own = {
    "x-amz-date": time,
    ...(key.sessionToken && { "x-amz-security-token": key.sessionToken }),
  }
  const headers = Object.entries({ ...signed.headers, host, ...own }).sort(byName)
  const names = headers.map(([name]) => name).join(";")
  const lines = headers.map(([name, value]) => `${name}:${value.trim()}`)
  const path = pathname.split("/").map(encoded).join("/")
  const query = search.slice(1).split("&").sort().join("&")
  const request = [method, path, query, ...lines, "", names, sha256Hex(body)].join("\n")
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256Hex(request)].join("\n")
  const signingKey = deriveKey(`AWS4${key.secretKey}`, scope.split("/"))
  const signature = hmacSha256(signingKey, text).toString("hex")
  const credential = `${key.accessKey}/${scope}`
  return {
    ...own,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const byName = ([one]: [string, string], [other]: [string, string]) => (one < other ? -1 : 1)

/** Everything but letters, digits and `-_.~`. */
const encoded = (part: string) =>
  encodeURIComponent(part).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
