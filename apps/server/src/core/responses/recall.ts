import { type StoredResponse, storedResponses } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { findConversation, isUnderWay } from "./find-response.ts"

type Item = Readonly<Record<string, unknown>>

/** Turns of one conversation. Longer ones are refused: all of them are sent. */
const turnsMax = 1_000

export type Recalled = {
  /** The whole conversation, oldest first. */
  input: Item[]
  /** What this turn adds to it, nothing left out. */
  added: Item[]
  /** The channel that keeps all that was left out, when there is one. */
  channelId: string | undefined
}

/**
 * Puts back what a caller left out of a conversation because it is kept here: the turns before, and
 * items it only names. Undefined when nothing was left out.
 *
 * @throws AppError `input.invalid`
 */
export async function recall(
  deps: Deps,
  actor: Actor,
  asked: { previousId: string | undefined; input: readonly Item[] },
): Promise<Recalled | undefined> {
  const names = asked.input.filter(isReference).map(({ id }) => String(id))
  if (asked.previousId === undefined && names.length === 0) return undefined

  const turns = await turnsBefore(deps, actor, asked.previousId)
  const known = new Map<string, Item>()
  const from = new Set(turns.slice(-1).map(({ channelId }) => channelId))
  for (const turn of turns) learn(known, turn)
  for (const id of names) {
    if (known.has(id)) continue
    const turn = await turnWith(deps, actor, id)
    learn(known, turn)
    from.add(turn.channelId)
  }

  const said = asked.input.map(
    (item) => known.get(isReference(item) ? String(item.id) : "") ?? item,
  )
  const [channelId] = from
  const added = said.flatMap(asInput)
  return {
    input: [...turns.flatMap(itemsOf).flatMap(asInput), ...added],
    added,
    channelId: from.size === 1 ? (channelId ?? undefined) : undefined,
  }
}

const isReference = ({ type, id, role }: Item) =>
  type === "item_reference" || (type === undefined && role === undefined && id !== undefined)

/** Oldest first. */
async function turnsBefore(deps: Deps, actor: Actor, last: string | undefined) {
  if (last === undefined) return []
  const turns = await findConversation(deps, actor, last, turnsMax + 1)
  if (turns.length > turnsMax) throw invalid("previous_response_id: too many turns before it")
  if (turns.some(({ body }) => isUnderWay(body as Item)))
    throw invalid("previous_response_id: it has not ended yet")
  // Each leads to the next, so that one which is gone shows at the end.
  const missing = turns.length === 0 ? last : turns.at(-1)?.previousId
  if (missing)
    throw invalid(
      `Previous response with id '${missing}' not found.`,
      "previous_response_not_found",
    )
  return turns.reverse()
}

async function turnWith(deps: Deps, actor: Actor, id: string): Promise<StoredResponse> {
  const { keyId } = requireActive(actor)
  const turn = keyId && (await storedResponses.findByItem(deps.db, { keyId, id }))
  if (turn && itemsOf(turn).some((item) => item.id === id)) return turn
  throw new AppError("input.invalid", { detail: `Item with id '${id}' not found.`, param: "input" })
}

const itemsOf = ({ input, body }: StoredResponse): Item[] => [
  ...(input as Item[]),
  ...(((body as Item).output as Item[] | undefined) ?? []),
]

function learn(known: Map<string, Item>, turn: StoredResponse) {
  for (const item of itemsOf(turn)) if (typeof item.id === "string") known.set(item.id, item)
}

/**
 * An item as it may be asked again of anybody: an id means something only to whoever gave it, and
 * so does a thought that is not sealed.
 */
function asInput({ id, status, ...item }: Item): Item[] {
  switch (item.type) {
    case "reasoning": {
      const { content, encrypted_content } = item
      return encrypted_content || (Array.isArray(content) && content.length > 0) ? [item] : []
    }
    case "message":
    case "function_call":
    case "function_call_output":
    case "custom_tool_call":
    case "custom_tool_call_output":
      return [item]
    default:
      return [{ ...item, ...(id !== undefined && { id }), ...(status !== undefined && { status }) }]
  }
}

const invalid = (detail: string, code?: string) =>
  new AppError("input.invalid", { detail, param: "previous_response_id", ...(code && { code }) })
