import { deriveKey, hmacSha1, hmacSha256, sha256Hex } from "./digest.ts"

type Key = { secretId: string; secretKey: string }
type Signed = { host: string; service: string; action: string; body: string; contentType: string }

/**
 * The `authorization` of Tencent Cloud's API 3.0, over a POST to `/`.
 *
 * @param now must also be sent, in seconds, as `x-tc-timestamp`
 * @see https://cloud.tencent.com/document/api/1729/101843
 */
export function signTencent(signed: Signed, { secretId, secretKey }: Key, now: number): string {
  const { host, service, action, body, contentType } = signed
  const headers = "content-type;host;x-tc-action"
  const request = [
    "POST",
    "/",
    "",
    `content-type:${contentType}`,
    `host:${host}`,
    `x-tc-action:${action.toLowerCase()}`,
    "",
    headers,
    sha256Hex(body),
  ].join("\n")
  const date = new Date(now).toISOString().slice(0, 10)
  const scope = `${date}/${service}/tc3_request`
  const seconds = Math.floor(now / 1_000)
  const text = ["TC3-HMAC-SHA256", seconds, scope, sha256Hex(request)].join("\n")
  const signature = hmacSha256(deriveKey(`TC3${secretKey}`, scope.split("/")), text).toString("hex")
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${headers}, Signature=${signature}`
}

/**
 * The `authorization` of Hunyuan's first interface: every parameter, sorted and joined, without
 * encoding. What is not a string or a number is signed as JSON.
 *
 * @param place host and path, without scheme
 * @see https://cloud.tencent.com/document/product/1729/97732
 */
export function signHunyuan(
  place: string,
  parameters: Readonly<Record<string, unknown>>,
  secretKey: string,
): string {
  const joined = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${plain(parameters[name])}`)
    .join("&")
  return hmacSha1(secretKey, `${place}?${joined}`).toString("base64")
}

const plain = (value: unknown) =>
  typeof value === "object" ? JSON.stringify(value) : String(value)
