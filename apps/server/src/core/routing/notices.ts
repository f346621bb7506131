import { createHash, randomBytes } from "node:crypto"
import type { Notice } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { isAmong } from "../identity/require-key.ts"
import { nodeState } from "../node-state.ts"

/** Where upstreams tell of their work, below the server's own address. */
export const noticePath = "/mj/notify"
const topic = "notices"
const tokenBytes = 32
/** After this an upstream that is still at work is only asked. */
const noticeMsMax = 2 * 3_600_000

type Waiting = { told: boolean; wake: (() => void) | undefined }
/** Who waits on this node, by the name of what they wait for. */
type Waiters = Map<string, Waiting>

const waiters = nodeState(async (deps): Promise<Waiters> => {
  const all: Waiters = new Map()
  await deps.bus
    .subscribe(topic, (name) => {
      const waiting = all.get(name)
      if (!waiting) return
      waiting.told = true
      waiting.wake?.()
    })
    .catch((cause) => deps.log.warn("notices are not heard, upstreams are asked", { cause }))
  return all
})

/**
 * An address at which one upstream may tell, while one piece of work lasts, that something changed.
 * `senders` are the addresses it may come from, none meaning any. What is told is not believed: it
 * only makes us look sooner, and when it gets lost we look a little later.
 *
 * @returns undefined when the operator has not said where this server is reached
 */
export async function expectNotice(
  deps: Deps,
  senders: readonly string[],
): Promise<Notice | undefined> {
  const site = deps.live.current().settings["site.address"].replace(/\/+$/, "")
  if (site === "") return undefined
  const token = randomBytes(tokenBytes).toString("base64url")
  const name = nameOf(token)
  const waiting: Waiting = { told: false, wake: undefined }
  const all = await waiters(deps)
  await deps.kv.set(keyOf(name), JSON.stringify(senders), noticeMsMax)
  all.set(name, waiting)

  return {
    url: `${site}${noticePath}/${token}`,
    async heard() {
      if (!waiting.told)
        await new Promise<void>((resolve) => {
          waiting.wake = resolve
        })
      waiting.told = false
    },
    close() {
      if (!all.delete(name)) return
      deps.kv.delete(keyOf(name)).catch(() => undefined)
    },
  }
}

/**
 * An upstream has told something: whichever node waits for it hears of it.
 * @throws AppError `route.not-found` when nobody waits, `auth.forbidden` when it is not from there
 */
export async function hearNotice(
  deps: Deps,
  { token, address }: { token: string; address: string },
): Promise<void> {
  const name = nameOf(token)
  const senders = isToken.test(token) ? await deps.kv.get(keyOf(name)) : undefined
  if (senders === undefined) throw new AppError("route.not-found", { path: noticePath })
  const allowed: string[] = JSON.parse(senders)
  if (allowed.length > 0 && !allowed.some((range) => comesFrom(address, range)))
    throw new AppError("auth.forbidden")
  await deps.bus.publish(topic, name)
}

const isToken = /^[\w-]{43}$/

/** Neither the memory nor the bus ever holds what would let somebody pass for the upstream. */
const nameOf = (token: string) => createHash("sha256").update(token).digest("base64url")
const keyOf = (name: string) => `notice:${name}`

/** A line that somebody mistyped lets nobody in. */
function comesFrom(address: string, range: string): boolean {
  try {
    return isAmong(address, [range])
  } catch {
    return false
  }
}
