import { z } from "zod"
import { conversationTitle } from "../../../contract/index.ts"
import type { Actor } from "../../../core/actor.ts"
import { findByNumber, listByNumber } from "../../../core/chat/conversation-numbers.ts"
import { deleteAllConversations } from "../../../core/chat/delete-all-conversations.ts"
import { deleteConversation } from "../../../core/chat/delete-conversation.ts"
import { type PathMessage, readPath } from "../../../core/chat/read-path.ts"
import { renameConversation } from "../../../core/chat/rename-conversation.ts"
import type { Deps } from "../../../core/deps.ts"
import { requireCaller } from "../caller.ts"
import { contentOf } from "../content.ts"
import { type Call, checked, type Route } from "../route.ts"

/** Conversations have numbers here, each user's own from 1. */
export const conversationNumber = z.coerce.number().int().min(1)

const renaming = z.object({ id: conversationNumber, name: conversationTitle })

export const conversationRoutes: Route[] = [
  {
    method: "GET",
    path: "/conversation/list",
    handle: async (deps, { caller }) => {
      const items = await listByNumber(deps, requireCaller(caller))
      return { status: true, message: "", data: items.map(listed) }
    },
  },
  {
    method: "GET",
    path: "/conversation/load",
    handle: async (deps, call) => {
      const { actor, conversation } = await named(deps, call)
      const path = await readPath(deps, actor, conversation.id)
      const { number, title, model } = conversation
      const data = { ...listed({ number: number ?? 0, title }), model, message: path.map(told) }
      return { status: true, message: "", data }
    },
  },
  {
    method: "POST",
    path: "/conversation/rename",
    handle: async (deps, { caller, read }) => {
      const actor = requireCaller(caller)
      const { id, name } = await read(renaming)
      await renameConversation(deps, actor, (await findByNumber(deps, actor, id)).id, name)
      return { status: true, message: "" }
    },
  },
  {
    method: "GET",
    path: "/conversation/delete",
    handle: async (deps, call) => {
      const { actor, conversation } = await named(deps, call)
      await deleteConversation(deps, actor, conversation.id)
      return { status: true, message: "" }
    },
  },
  {
    method: "GET",
    path: "/conversation/clean",
    handle: async (deps, { caller }) => {
      await deleteAllConversations(deps, requireCaller(caller))
      return { status: true, message: "" }
    },
  },
]

/** The conversation that `?id=` names. */
async function named(deps: Deps, { caller, query }: Call) {
  const actor: Actor = requireCaller(caller)
  const number = checked(z.object({ id: conversationNumber }), { id: query.get("id") ?? "" }).id
  return { actor, conversation: await findByNumber(deps, actor, number) }
}

const listed = ({ number, title }: { number: number; title: string }) => ({
  auth: false,
  user_id: 0,
  id: number,
  name: title,
  message: null,
  model: "",
  enable_web: false,
  shared: false,
  context: 0,
})

/** The npm client is typed for `message`, and servers have always sent `content`. */
function told(message: PathMessage) {
  const content = contentOf(message)
  return { role: message.role, content, message: content }
}
