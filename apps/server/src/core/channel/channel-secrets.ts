import { createHash } from "node:crypto"
import {
  type ChannelEdit,
  type ChannelSecrets,
  channelSecrets,
  type ProxyLogin,
} from "../../contract/index.ts"
import { AppError } from "../error.ts"

/** Names a key where it may not be shown: in states, messages between nodes, lists. */
export const keyIdOf = (channelId: string, key: string): string =>
  createHash("sha256").update(`${channelId}\n${key}`).digest("hex").slice(0, keyIdChars)

const keyIdChars = 16

/** What a channel keeps secret. Most have keys alone, and are stored as the list of them. */
export function readSecrets(stored: unknown): ChannelSecrets {
  if (Array.isArray(stored))
    return { keys: stored.filter((key) => typeof key === "string" && key !== ""), headers: {} }
  return channelSecrets.safeParse(stored).data ?? { keys: [], headers: {} }
}

export const writeSecrets = (secrets: ChannelSecrets): unknown =>
  secrets.proxyLogin || Object.keys(secrets.headers).length > 0 ? secrets : secrets.keys

/**
 * The secrets after an edit: what it leaves out stays, and a header that is null keeps its value.
 * @throws AppError `input.invalid` when there is no value to keep
 */
export function editSecrets(
  before: ChannelSecrets,
  { secrets, proxy, headers }: Pick<ChannelEdit, "secrets" | "proxy" | "headers">,
): ChannelSecrets {
  const proxyLogin = loginAfter(before.proxyLogin, proxy)
  return {
    keys: secrets ?? before.keys,
    headers: headers ? headersAfter(before.headers, headers) : before.headers,
    ...(proxyLogin && { proxyLogin }),
  }
}

function loginAfter(before: ProxyLogin | undefined, proxy: ChannelEdit["proxy"]) {
  if (proxy === undefined) return before
  if (proxy === null || proxy.login === null) return undefined
  return proxy.login ?? before
}

function headersAfter(
  before: ChannelSecrets["headers"],
  edit: NonNullable<ChannelEdit["headers"]>,
): ChannelSecrets["headers"] {
  const entries = Object.entries(edit).map(([name, value]): [string, string] => {
    const kept = value ?? before[name]
    if (kept !== undefined) return [name, kept]
    throw new AppError("input.invalid", {
      detail: `the header ${name} has no value`,
      param: "headers",
    })
  })
  return Object.fromEntries(entries)
}
