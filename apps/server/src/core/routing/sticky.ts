import { createHash } from "node:crypto"
import { z } from "zod"
import type { Deps } from "../deps.ts"
import type { LiveChannel } from "../live/live.ts"
import type { Attempt, Pin } from "./attempts.ts"

/** As long as upstreams keep what they have read, and a conversation pauses. Begins anew with every use. */
const stickyMs = 3_600_000

const pin = z.object({ channelId: z.string(), keyId: z.string() })

/**
 * Who answered what goes by one of these names. Preferred as long as it is well; when nobody
 * remembers, the draw decides, which is slower or dearer and never wrong.
 */
export async function findPin(
  { kv }: Pick<Deps, "kv">,
  names: readonly string[],
): Promise<Pin | undefined> {
  for (const name of names) {
    const kept = await kv.get(keyOf(name))
    const found = kept === undefined ? undefined : pin.safeParse(JSON.parse(kept)).data
    if (found) return found
  }
  return undefined
}

/** Keeps in mind who answered. Not waited for. */
export function keepPin(
  { kv, log }: Pick<Deps, "kv" | "log">,
  names: readonly string[],
  { channel, key }: Pick<Attempt, "channel" | "key">,
): void {
  const entry: Pin = { channelId: channel.id, keyId: key.id }
  for (const name of names)
    kv.set(keyOf(name), JSON.stringify(entry), stickyMs).catch((cause) =>
      log.warn("who answered is forgotten", { cause }),
    )
}

/** Names are made of what callers say: neither kept as they are, nor of any length. */
const keyOf = (name: string) => `sticky:${createHash("sha256").update(name).digest("base64url")}`

const choices = new WeakMap<readonly LiveChannel[], boolean>()

/** Whether there is anything to prefer. Lists of channels live as long as their view. */
export function hasChoice(channels: readonly LiveChannel[]): boolean {
  const known = choices.get(channels)
  if (known !== undefined) return known
  const choice = channels.reduce((sum, { keys }) => sum + keys.length, 0) > 1
  choices.set(channels, choice)
  return choice
}
