import type { ChatMessage, Part } from "@nio/adapters"
import { type Db, messages } from "@nio/db"
import { imagesOf } from "./message-view.ts"

/** How many of the last messages a model gets to see, as a rule. */
const messagesSent = 20

/**
 * What the model is shown: the end of the path that leads to `leafId`, beginning with a question.
 * Siblings and answers that came to nothing are left out.
 */
export async function windowOf(
  db: Db,
  conversationId: string,
  leafId: string,
  shown: number = messagesSent,
): Promise<ChatMessage[]> {
  const links = await messages.listLinks(db, conversationId)
  const ids = pathTo(leafId, new Map(links.map(({ id, parentId }) => [id, parentId])))
  const rows = await messages.findAll(db, ids.slice(-shown))
  const told = rows
    .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .map(toChatMessage)
    .filter(({ content }) => content.length > 0)
  return told.slice(
    Math.max(
      0,
      told.findIndex(({ role }) => role !== "assistant"),
    ),
  )
}

/** The messages that lead to `leafId`, whole, the first one first. */
export async function messagesTo(
  db: Db,
  conversationId: string,
  leafId: string,
): Promise<messages.MessageRow[]> {
  const links = await messages.listLinks(db, conversationId)
  const ids = pathTo(leafId, new Map(links.map(({ id, parentId }) => [id, parentId])))
  const places = new Map(ids.map((id, at) => [id, at]))
  const rows = await messages.findAll(db, ids)
  return rows.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
}

/** From the root to `leafId`. */
export function pathTo(leafId: string, parentOf: ReadonlyMap<string, string | null>): string[] {
  const path: string[] = []
  const seen = new Set<string>()
  for (let id: string | null = leafId; id && !seen.has(id); id = parentOf.get(id) ?? null) {
    seen.add(id)
    path.push(id)
  }
  return path.reverse()
}

function toChatMessage(row: messages.MessageRow): ChatMessage {
  const own = row.role === "user" ? row.text : withoutPictures(row.text)
  const text: Part[] = own ? [{ type: "text", text: own }] : []
  if (row.role !== "user") return { role: row.role, content: text }
  const images = imagesOf(row).map((url): Part => ({ type: "image", url }))
  return { role: "user", content: [...text, ...images] }
}

/** A picture in an answer is megabytes of letters to a model: it is told that there was one. */
export const withoutPictures = (text: string): string =>
  text.replace(/!\[([^\]]*)\]\(data:[^)]*\)/g, "![$1](…)")
