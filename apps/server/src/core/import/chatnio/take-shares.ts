import { type Harvest, type OldRow, taken } from "@nio/db"
import { instantOf } from "./local-time.ts"
import { messagesOf } from "./messages-of.ts"
import { added, type Entry, idOf, type Run, skipped, type Take } from "./run.ts"
import { conversationIdOf } from "./take-conversations.ts"

const whole = "-1"
const titleCharsMax = 255

/** What was shared, as it is now, at the address it had. Over there a share showed the conversation as it went on. */
export const takeShares: Take = {
  kind: "share",
  table: "sharing",
  columns: ["hash", "user_id", "conversation_id", "refs", "updated_at"],
  async plan(run, rows) {
    const conversations = await conversationsOf(run, rows)
    const known = await taken.shares(run.db, rows.map(hashOf))
    const shares: NonNullable<Harvest["shares"]> = []
    const entries: Entry[] = []
    for (const row of rows) {
      const userId = run.users.get(row.user_id ?? "")
      const conversation = conversations.get(keyOf(row))
      const shown = conversation ? chosen(row, conversation) : []
      const reason = !userId
        ? "owner-unknown"
        : known.has(hashOf(row)) || !hashOf(row)
          ? "share-taken"
          : !conversation
            ? "conversation-unknown"
            : shown.length === 0
              ? "messages-unknown"
              : ""
      if (reason || !userId || !conversation) {
        entries.push(skipped(idOf(row), reason))
        continue
      }
      known.add(hashOf(row))
      shares.push({
        ...{ id: hashOf(row), userId, conversationId: conversationIdOf(run, conversation) },
        title: (conversation.conversation_name ?? "").slice(0, titleCharsMax),
        model: conversation.model ?? "",
        messages: shown,
        createdAt: instantOf(row.updated_at, run.zone) ?? run.now(),
      })
      entries.push(added(idOf(row), hashOf(row)))
    }
    return { harvest: { shares }, entries }
  },
}

const hashOf = (row: OldRow) => (row.hash ?? "").trim()
const keyOf = (row: OldRow) => `${row.user_id}:${row.conversation_id}`

async function conversationsOf(run: Run, rows: readonly OldRow[]): Promise<Map<string, OldRow>> {
  const found = new Map<string, OldRow>()
  const columns = [
    "id",
    "user_id",
    "conversation_id",
    "conversation_name",
    "data",
    "model",
    "updated_at",
  ]
  for (const userId of new Set(rows.map((row) => row.user_id ?? ""))) {
    const numbers = rows
      .filter((row) => row.user_id === userId)
      .map((row) => row.conversation_id ?? "")
    for (const row of await run.database.where("conversation", columns, {
      user_id: [userId],
      conversation_id: [...new Set(numbers)],
    }))
      found.set(keyOf(row), row)
  }
  return found
}

/** Those the share names that are there, in its order. */
function chosen({ refs }: OldRow, { data }: OldRow) {
  const messages = messagesOf(data)?.messages ?? []
  const named = (refs ?? "").split(",").map((ref) => ref.trim())
  const shown = named.includes(whole)
    ? messages
    : named.flatMap((ref) => messages.filter(({ at }) => String(at) === ref))
  return shown.map(({ at: _, ...message }) => message)
}
