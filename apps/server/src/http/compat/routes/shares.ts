import { z } from "zod"
import { shareId } from "../../../contract/index.ts"
import { findByNumber } from "../../../core/chat/conversation-numbers.ts"
import { AppError } from "../../../core/error.ts"
import { deleteShare } from "../../../core/share/delete-share.ts"
import { listShares } from "../../../core/share/list-shares.ts"
import { shareConversation } from "../../../core/share/share-conversation.ts"
import { viewShare } from "../../../core/share/view-share.ts"
import { requireCaller } from "../caller.ts"
import type { Call, Route } from "../route.ts"
import { conversationNumber } from "./conversations.ts"

/** Messages one share may name. */
const refsMax = 10_000
/** Places on the path from 0; −1 stands for all of it. */
const sharing = z.object({
  id: conversationNumber,
  refs: z.array(z.int().min(-1)).max(refsMax).nullish(),
})

export const shareRoutes: Route[] = [
  {
    method: "POST",
    path: "/conversation/share",
    handle: async (deps, { caller, read }) => {
      const actor = requireCaller(caller)
      const { id, refs } = await read(sharing)
      const { id: conversationId } = await findByNumber(deps, actor, id)
      const whole = !refs || refs.length === 0 || refs.includes(-1)
      const share = await shareConversation(deps, actor, {
        conversationId,
        ...(!whole && { indexes: refs }),
      })
      return { status: true, message: "", data: share.id }
    },
  },
  {
    method: "GET",
    path: "/conversation/view",
    handle: async (deps, { query }) => {
      const { title, model, userName, messages, createdAt } = await viewShare(deps, hashIn(query))
      const data = {
        username: userName,
        name: title,
        model,
        messages: messages.map(({ role, text, images }) => ({
          role,
          content: [...images, text].filter((part) => part !== "").join("\n"),
        })),
        time: new Date(createdAt).toISOString(),
      }
      return { status: true, message: "", data }
    },
  },
  {
    method: "GET",
    path: "/conversation/share/list",
    handle: async (deps, { caller }) => {
      const shares = await listShares(deps, requireCaller(caller))
      const data = shares.map(({ id, title, createdAt, number }) => ({
        name: title,
        conversation_id: number ?? 0,
        time: new Date(createdAt).toISOString(),
        hash: id,
      }))
      return { status: true, message: "", data }
    },
  },
  {
    method: "GET",
    path: "/conversation/share/delete",
    handle: async (deps, { caller, query }) => {
      await deleteShare(deps, requireCaller(caller), hashIn(query))
      return { status: true, message: "" }
    },
  },
]

/** What is no hash leads nowhere. @throws AppError `share.not-found` */
function hashIn(query: Call["query"]): string {
  const { data } = shareId.safeParse(query.get("hash"))
  if (data === undefined) throw new AppError("share.not-found")
  return data
}
