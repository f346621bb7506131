import type { Deps } from "../../core/deps.ts"
import { nodeState } from "../../core/node-state.ts"
import { addressOf } from "../auth.ts"

type Listening = { requestIP(request: Request): { address: string } | null } | null

const proxies = nodeState(() => ({ trusted: 0 }))

/** Says, as the server is made, how many hops in front of it are believed. */
export function trustProxies(deps: Deps, trusted: number): void {
  proxies(deps).trusted = trusted
}

/** Where a program calls from. Only asked for by keys that are kept to some addresses. */
export const callerAddress = (deps: Deps, request: Request, server: Listening): string =>
  addressOf(request, server?.requestIP(request)?.address, {
    trustedProxies: proxies(deps).trusted,
  })
