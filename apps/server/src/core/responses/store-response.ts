import { type StoredResponse, storedResponses } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** As long as OpenAI keeps them. */
const keptMs = 30 * 24 * 60 * 60_000
/** Of JSON: enough for an answer to several photographs. A larger one is answered, and not kept. */
const storedBytesMax = 16 * 1024 * 1024
/** As long as the column. An upstream with longer names has its answers not kept. */
const idLengthMax = 64

export type Kept = Pick<StoredResponse, "input"> & {
  response: { id: string; previous_response_id?: string | null }
  /** The channel that keeps it too. */
  channelId?: string
}

/** Keeps an answer for the key that asked. Never fails an answer: one that cannot be kept is only not there later. */
export async function storeResponse(deps: Deps, actor: Actor, kept: Kept): Promise<boolean> {
  const { keyId, userId } = actor
  const { response, input, channelId = null } = kept
  const { id } = response
  if (!keyId || id.length > idLengthMax || sizeOf(input) + sizeOf(response) > storedBytesMax)
    return false
  const now = deps.now()
  const row = {
    id,
    keyId,
    userId,
    previousId: response.previous_response_id ?? null,
    channelId,
    upstreamId: channelId && id,
    input,
    body: response,
    createdAt: now,
    expiresAt: now + keptMs,
  }
  try {
    await storedResponses.insert(deps.db, row)
    return true
  } catch (cause) {
    deps.log.error("an answer could not be kept", { response: id, cause })
    return false
  }
}

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))
