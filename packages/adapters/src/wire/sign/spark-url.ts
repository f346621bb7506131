import { hmacSha256 } from "./digest.ts"

type Key = { apiKey: string; apiSecret: string }

/**
 * The address of a WebSocket with its signature in the query. The clock may be five minutes off.
 *
 * @see https://www.xfyun.cn/doc/spark/general_url_authentication.html
 */
export function signSparkUrl(address: string, { apiKey, apiSecret }: Key, now: number): string {
  const { host, pathname, protocol } = new URL(address)
  const date = new Date(now).toUTCString()
  const signature = sparkSignature({ host, date, path: pathname }, apiSecret)
  const origin =
    `hmac username="${apiKey}", algorithm="hmac-sha256", ` +
    `headers="host date request-line", signature="${signature}"`
  const authorization = Buffer.from(origin).toString("base64")
  const query = new URLSearchParams({ authorization, date, host })
  return `${protocol}//${host}${pathname}?${query}`
}

type Signed = { host: string; date: string; path: string }

export const sparkSignature = ({ host, date, path }: Signed, apiSecret: string) =>
  hmacSha256(apiSecret, `host: ${host}\ndate: ${date}\nGET ${path} HTTP/1.1`).toString("base64")
