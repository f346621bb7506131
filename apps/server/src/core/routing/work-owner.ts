import { createHash } from "node:crypto"
import type { Provider } from "@nio/adapters"
import { z } from "zod"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Ask } from "../generation/generation.ts"
import { isTask, type Work } from "../generation/work.ts"
import type { LiveChannel } from "../live/live.ts"
import type { Attempt, Pin } from "./attempts.ts"

/** How long work may be gone on from: as long as upstreams keep it, about. */
const ownedMs = 7 * 24 * 3_600_000

const owner = z.object({ userId: z.string(), channelId: z.string(), keyId: z.string() })

type Owned = { channels: readonly LiveChannel[]; pin?: Pin }

/**
 * Who may be asked: for a request that goes on from earlier work only the channel, and first the
 * key, that did it. When nobody remembers, everybody: those who do not know the work say so.
 *
 * @throws AppError `upstream.refused` when the work is somebody else's
 */
export async function ownersOf(
  deps: Deps,
  { actor, request }: Ask,
  channels: readonly LiveChannel[],
): Promise<Owned> {
  const keeper = keeperOf(request, channels)
  if (keeper) return { channels, pin: keeper }
  const name = workIn(deps, channels, request)
  const kept = name === undefined ? undefined : await deps.kv.get(keyOf(name))
  if (kept === undefined) return { channels }
  const { userId, ...pin } = owner.parse(JSON.parse(kept))
  if (userId !== actor.userId)
    throw new AppError("upstream.refused", { message: "There is no such task of yours." })
  const own = channels.filter(({ id }) => id === pin.channelId)
  return own.length > 0 ? { channels: own, pin } : { channels }
}

/** Who keeps the turns before this one, and need not be told them. Anybody else can be. */
function keeperOf(request: Work, channels: readonly LiveChannel[]): Pin | undefined {
  const kept = isTask(request) ? undefined : request.native?.kept
  const keeper = kept && channels.find(({ id }) => id === kept.channelId)
  const [key] = keeper?.keys ?? []
  return keeper && key && { channelId: keeper.id, keyId: key.id }
}

/** Keeps in mind who does this work, for requests that go on from it. Not waited for. */
export function rememberOwner(
  deps: Deps,
  { actor: { userId } }: Ask,
  { channel, key }: Pick<Attempt, "channel" | "key">,
  work: string,
): void {
  const entry: z.infer<typeof owner> = { userId, channelId: channel.id, keyId: key.id }
  deps.kv
    .set(keyOf(work), JSON.stringify(entry), ownedMs)
    .catch((cause) => deps.log.warn("the owner of some work is forgotten", { cause }))
}

const keyOf = (work: string) => `work:${createHash("sha256").update(work).digest("base64url")}`

/** Lists of channels live as long as their view, and few providers have such work. */
const makers = new WeakMap<readonly LiveChannel[], Provider | null>()

function workIn({ providers }: Deps, channels: readonly LiveChannel[], request: Work) {
  if (isTask(request)) return undefined
  let maker = makers.get(channels)
  if (maker === undefined) {
    const offered = channels.map(({ provider }) => providers.get(provider))
    maker = offered.find((provider) => provider?.goesOnFrom) ?? null
    makers.set(channels, maker)
  }
  return maker?.goesOnFrom?.(request)
}
