import type { UpstreamError } from "@nio/adapters"
import { suspendedKeys } from "@nio/db"
import type { Deps } from "../deps.ts"
import { changeLive } from "../live/change-live.ts"
import { nodeState } from "../node-state.ts"
import type { Attempt } from "./attempts.ts"
import type { Rest } from "./rest.ts"

/** A 403 may be about the request, or a page of somebody in between: so often it is about the key. */
const forbiddenMax = 3

/** Whether a failure says that the key will not be accepted again before somebody acts. */
export const isFinal = ({ kind, status }: UpstreamError, { failures }: Rest): boolean =>
  kind === "auth" && (status !== 403 || failures >= forbiddenMax)

/** Keys that are being written down. */
const beingWritten = nodeState(() => new Set<string>())

/**
 * Writes down that a key is not accepted, for every node and beyond a restart. Never rejects: the
 * key rests anyway, and its next failure is the next occasion.
 */
export async function suspendKey(
  deps: Deps,
  { channel, key }: Attempt,
  { message }: UpstreamError,
): Promise<void> {
  const writing = beingWritten(deps)
  if (!channel.awake.includes(key) || writing.has(key.id)) return
  writing.add(key.id)
  const suspension = { keyId: key.id, channelId: channel.id, message, since: deps.now() }
  try {
    await changeLive(deps, (tx) => suspendedKeys.add(tx, suspension))
    deps.log.warn("a key is not accepted and sits out", { channel: channel.id, keyId: key.id })
  } catch (cause) {
    deps.log.error("suspending a key failed", { channel: channel.id, keyId: key.id, cause })
  } finally {
    writing.delete(key.id)
  }
}
