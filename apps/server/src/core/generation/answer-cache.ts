import { createHash } from "node:crypto"
import type { ChatEvent, ChatRequest, Usage } from "@nio/adapters"
import { z } from "zod"
import { groupsOf } from "../actor.ts"
import type { Deps } from "../deps.ts"
import type { Live } from "../live/live.ts"
import { canonical } from "./canonical.ts"
import type { Ask, Generation } from "./generation.ts"
import { createTranscript } from "./transcript.ts"
import { isTask, type Work } from "./work.ts"

/** The place of an answer that may be remembered. */
export type Slot = { key: string; ttlMs: number }
/** An answer from another time. `usage` is what it took then. */
export type Remembered = { events: ChatEvent[]; usage: Usage }

/** Characters one answer may take, as JSON. */
const entryCharsMax = 256 * 1024

/**
 * Where the answer to this request is kept: of several places one by chance. Undefined when the
 * model's answers are not kept, or tell of today. The name of the place is a hash: what was asked is
 * not stored.
 */
export function slotOf(deps: Deps, { settings }: Live, ask: Ask): Slot | undefined {
  const { request, actor, search } = ask
  if (search) return undefined
  if (!settings["cache.models"].includes(request.model) || !isWhole(request)) return undefined
  const groups = groupsOf(actor).toSorted()
  const question = canonical({ groups, model: request.model, ...meaningOf(request) })
  if (question === undefined) return undefined
  const hash = createHash("sha256").update(question).digest("base64url")
  const place = Math.floor(deps.random() * settings["cache.answersPerRequest"])
  return { key: `answer:${hash}:${place}`, ttlMs: settings["cache.seconds"] * 1_000 }
}

/** A question that says everything itself; one that goes on from an earlier answer does not. */
const isWhole = (request: Work): request is ChatRequest =>
  !isTask(request) && request.native?.kept === undefined

/** Members of a body that say how to deliver an answer, or to whom, and not what to answer. */
const besideThePoint = ["stream", "stream_options", "user", "safety_identifier", "metadata"]

/** All that can change an answer, members unknown to us included. */
function meaningOf(request: ChatRequest) {
  const { native } = request
  if (!native) {
    const { stream: _, user: __, ...rest } = request
    return { rest }
  }
  const body: Record<string, unknown> = { ...native.body }
  for (const name of besideThePoint) delete body[name]
  return { body, dialect: native.dialect, headers: native.headers }
}

/**
 * What is sent must be what was hashed. A body that has a member twice could otherwise mean one
 * thing to us and another to the upstream, and put its answer in the place of another question.
 */
export function unambiguous(ask: Ask): Ask {
  if (isTask(ask.request) || !ask.request.native) return ask
  const { native } = ask.request
  const plain = { ...native, text: JSON.stringify(native.body) }
  const request = Object.create(ask.request, { native: { value: plain, enumerable: true } })
  return { ...ask, request }
}

/** The answer kept in this place, if any. The memory is allowed to be away. */
export async function recall({ kv, log }: Deps, { key }: Slot): Promise<Remembered | undefined> {
  try {
    const text = await kv.get(key)
    return text === undefined ? undefined : stored.parse(JSON.parse(text))
  } catch (cause) {
    log.warn("a remembered answer could not be read", { cause })
    return undefined
  }
}

const stored = z.object({ events: z.array(z.custom<ChatEvent>()), usage: z.custom<Usage>() })

/** The same generation, which is remembered when it ends well. */
export function remembering(deps: Deps, slot: Slot, generation: Generation): Generation {
  const transcript = createTranscript(entryCharsMax)
  let listening = true

  async function keep() {
    listening = false
    const events = transcript.whole()
    if (!events) return
    const { usage } = await generation.bill
    const entry: Remembered = { events, usage }
    await deps.kv
      .set(slot.key, JSON.stringify(entry), slot.ttlMs)
      .catch((cause) => deps.log.warn("an answer could not be remembered", { cause }))
  }

  return {
    ...generation,
    cache: "miss",
    async next() {
      const batch = await generation.next()
      if (batch && listening) transcript.hear(batch.events)
      else if (listening) void keep()
      return batch
    },
    close() {
      listening = false
      generation.close()
    },
  }
}
