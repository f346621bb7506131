/** `app-id|secret-id|secret-key`, or without the first, which only the first interface asks for. */
export function keysOf(key: string) {
  const parts = key.split("|").map((part) => part.trim())
  const [secretId = "", secretKey = ""] = parts.slice(-2)
  return { appId: Number(parts.length > 2 ? parts[0] : 0), secretId, secretKey }
}

/** A key in parts signs; one in a single part is sent. */
export const signs = (key: string) => key.includes("|")
