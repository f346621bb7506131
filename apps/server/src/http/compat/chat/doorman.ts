import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import { nodeState } from "../../../core/node-state.ts"
import { isTrustedOrigin } from "../../auth.ts"
import { addressOf } from "../../proxies.ts"
import type { Doorman, SocketSession } from "../../sockets.ts"
import { limitCalls } from "../limits.ts"
import type { CompatOptions } from "../route.ts"
import { createCompatSession } from "./session.ts"

/** Sockets one address may have open on a node: an office behind one, or a browser with many tabs. */
const socketsMax = 100
const tryAgainSeconds = 10

const socketsOf = nodeState(() => new Map<string, number>())

/**
 * Lets in whoever does not come too often, nor from a page of an origin the operator has not named.
 * Who they are is said in the first frame: a socket brings no cookie that means anything here.
 */
export function compatDoorman(deps: Deps, options: CompatOptions): Doorman {
  const { allowOrigins } = options
  const open = socketsOf(deps)

  return async ({ request, server }) => {
    const peer = server?.requestIP(request)?.address
    const address = addressOf(request, peer, options)
    if (allowOrigins.length > 0 && !isTrustedOrigin(deps, request, allowOrigins, options))
      throw new AppError("auth.forbidden")
    await limitCalls(deps, "/chat", address)
    if ((open.get(address) ?? 0) >= socketsMax)
      throw new AppError("rate.limited", { seconds: tryAgainSeconds })
    return (to) => counted(open, address, createCompatSession(deps, address, to))
  }
}

function counted(
  open: Map<string, number>,
  address: string,
  session: SocketSession,
): SocketSession {
  open.set(address, (open.get(address) ?? 0) + 1)
  return {
    ...session,
    close() {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
      session.close()
    },
  }
}
