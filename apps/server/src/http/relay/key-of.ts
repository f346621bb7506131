/** Where the clients of the various dialects put their key, in the order in which they are believed. */
const keyHeaders = ["x-api-key", "api-key", "x-goog-api-key"]

/** The key, or nothing. One in the address is Google's way: it is neither logged nor passed on. */
export function keyOf({ headers, url }: Request): string {
  const authorization = headers.get("authorization")
  if (authorization !== null) return authorization.replace(/^bearer /i, "")
  for (const name of keyHeaders) {
    const key = headers.get(name)
    if (key !== null) return key
  }
  return url.includes("?") ? (new URL(url).searchParams.get("key") ?? "") : ""
}
