import { type Harvest, imports, type OldRow, taken } from "@nio/db"
import { importedId } from "./imported-id.ts"
import { instantOf } from "./local-time.ts"
import { messagesOf, type OldMessage } from "./messages-of.ts"
import {
  added,
  type Entry,
  idOf,
  type KnownRow,
  type Page,
  type Run,
  skipped,
  type Take,
} from "./run.ts"

const titleCharsMax = 255
const modelDefault = "gpt-3.5-turbo-0613"

/**
 * Conversations, with the numbers their owners' programs know them by, each a tree of one branch. One
 * that has grown over there since it came gets what is new, at the end of what came.
 */
export const takeConversations: Take = {
  kind: "conversation",
  table: "conversation",
  columns: ["user_id", "conversation_id", "conversation_name", "data", "model", "updated_at"],
  async plan(run, rows) {
    const numbers = await numbersInUse(run, rows)
    const conversations: NonNullable<Harvest["conversations"]> = []
    const messages: NonNullable<Harvest["messages"]> = []
    const entries: Entry[] = []
    for (const row of rows) {
      const userId = run.users.get(row.user_id ?? "")
      const read = messagesOf(row.data)
      const reason = !userId
        ? "owner-unknown"
        : !read
          ? "unreadable"
          : read.messages.length === 0
            ? "empty"
            : ""
      if (reason || !userId || !read) {
        entries.push(skipped(idOf(row), reason))
        continue
      }
      const place = placeOf(run, row)
      const chain = chainOf(place, read.messages)
      const number = Number(row.conversation_id)
      const free = number > 0 && !numbers.has(`${userId}:${number}`)
      numbers.add(`${userId}:${number}`)
      messages.push(...chain)
      conversations.push({
        ...{ id: place.id, userId, title: titleOf(row, read.messages), model: place.model },
        leafId: chain.at(-1)?.id ?? null,
        ...{ createdAt: place.createdAt, updatedAt: place.createdAt, number: free ? number : null },
      })
      entries.push(added(idOf(row), place.id, notesOf(read.leftOut, free)))
    }
    return { harvest: { conversations, messages }, entries }
  },
  again: extend,
}

export const conversationIdOf = (run: Run, row: OldRow): string => placeOf(run, row).id

function placeOf(run: Run, row: OldRow) {
  const createdAt = instantOf(row.updated_at, run.zone) ?? 0
  const id = importedId(createdAt, run.source, "conversation", idOf(row))
  return { id, createdAt, model: row.model || modelDefault }
}

async function numbersInUse(run: Run, rows: readonly OldRow[]): Promise<Set<string>> {
  const users = new Set(rows.flatMap((row) => run.users.get(row.user_id ?? "") ?? []))
  const numbers = new Set(rows.map((row) => Number(row.conversation_id)))
  return taken.numbers(run.db, "conversations", [...users], [...numbers])
}

function titleOf({ conversation_name }: OldRow, [first]: OldMessage[]): string {
  const title = conversation_name?.trim() || first?.text.trim() || modelDefault
  return title.slice(0, titleCharsMax)
}

function notesOf(leftOut: number, hasNumber: boolean): string[] {
  return [
    ...(leftOut > 0 ? [`without ${leftOut} messages of roles unknown here`] : []),
    ...(hasNumber ? [] : ["number-taken"]),
  ]
}

type Place = ReturnType<typeof placeOf>

/** The time of a message is not kept over there; a millisecond each keeps them in order. */
const messageIdOf = ({ id, createdAt }: Place, at: number) => importedId(createdAt + at, id, at)

function chainOf(place: Place, read: readonly OldMessage[], from: string | null = null) {
  let parentId = from
  return read.map(({ at, role, text, reasoning, images }) => {
    const id = messageIdOf(place, at)
    const row = {
      ...{ id, conversationId: place.id, parentId, role, text, reasoning, images },
      model: role === "assistant" ? place.model : null,
      ...{ state: "done" as const, failure: null, inputTokens: null, outputTokens: null },
      ...{ charge: null, createdAt: place.createdAt, finishedAt: place.createdAt },
    }
    parentId = id
    return row
  })
}

async function extend(run: Run, rows: readonly KnownRow[]): Promise<Page> {
  const ids = rows.flatMap(({ targetId }) => targetId ?? [])
  const leaves = await taken.leavesOf(run.db, ids)
  const there = await taken.messageIdsOf(run.db, ids)
  const messages: NonNullable<Harvest["messages"]> = []
  const moved: { id: string; leafId: string }[] = []
  const changes: Entry[] = []
  for (const row of rows) {
    const read = messagesOf(row.data)?.messages ?? []
    const place = placeOf(run, row)
    const isThere = ({ at }: OldMessage) => there.has(messageIdOf(place, at))
    const last = read.findLast(isThere)
    // Whoever deleted it here does not want it back.
    if (!last || !leaves.has(place.id)) continue
    const fresh = read.filter(({ at }) => at > last.at)
    if (fresh.length === 0) continue
    const end = messageIdOf(place, last.at)
    const chain = chainOf(place, fresh, end)
    messages.push(...chain)
    if (leaves.get(place.id) === end) moved.push({ id: place.id, leafId: chain.at(-1)!.id })
    changes.push(added(idOf(row), place.id, [`${fresh.length} messages more`]))
  }
  return {
    harvest: { messages },
    entries: [],
    changes,
    also: (tx) => imports.moveLeaves(tx, moved),
  }
}
