import type { Deps } from "../core/deps.ts"

/**
 * For channel addresses, which administrators set and which may be private. Redirects are not
 * followed: they would carry the key to wherever the upstream points. Time and size are limited by
 * the adapters, which know what an answer may take; Bun's own five minutes of silence do not apply.
 */
export const upstreamFetch = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, redirect: "manual", timeout: false } satisfies BunRequestInit)

/** `timeout` is Bun's and missing from its types. */
type BunRequestInit = RequestInit & { timeout: false }

/** Bun's sockets take headers, which the browser's, whose types are in force, do not. */
export const upstreamSocket: Deps["openSocket"] = (url, headers) =>
  new WebSocket(url, { headers } as unknown as string[])
