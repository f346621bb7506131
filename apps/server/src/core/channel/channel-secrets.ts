import { createHash } from "node:crypto"
import {
  type ChannelEdit,
  type ChannelSecrets,
  channelSecrets,
  type ProxyLogin,
} from "../../contract/index.ts"
import type { Vault } from "../deps.ts"
import { AppError } from "../error.ts"

/** Names a key where it may not be shown: in states, messages between nodes, lists. */
export const keyIdOf = (channelId: string, key: string): string =>
  createHash("sha256").update(`${channelId}\n${key}`).digest("hex").slice(0, keyIdChars)

const keyIdChars = 16

/**
 * What a channel keeps secret, or undefined when it was sealed with another secret than ours. Rows of
 * earlier versions hold it as it is, some as the list of keys alone.
 */
export function readSecrets(vault: Vault, stored: unknown): ChannelSecrets | undefined {
  if (!isSealed(stored)) return parsed(stored)
  const text = vault.open(stored.sealed)
  return text === undefined ? undefined : parsed(JSON.parse(text))
}

export type SealedSecrets = { sealed: string }

export const isSealed = (stored: unknown): stored is SealedSecrets =>
  typeof stored === "object" &&
  stored !== null &&
  "sealed" in stored &&
  typeof stored.sealed === "string"

function parsed(value: unknown): ChannelSecrets {
  if (Array.isArray(value))
    return { keys: value.filter((key) => typeof key === "string" && key !== ""), headers: {} }
  return channelSecrets.safeParse(value).data ?? noSecrets
}

export const noSecrets: ChannelSecrets = { keys: [], headers: {} }

/** As it is stored: nobody who has the database alone can read it. */
export const writeSecrets = (vault: Vault, secrets: ChannelSecrets): SealedSecrets => ({
  sealed: vault.seal(JSON.stringify(secrets)),
})

/** Said of a row that holds secrets which another installation sealed. */
export const cannotBeOpened = "its secret cannot be opened; it was sealed with another SECRET"

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
