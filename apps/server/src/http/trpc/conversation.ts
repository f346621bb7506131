import { z } from "zod"
import {
  claimConversations as claimConversationsInput,
  conversationTitle,
  entityId,
  pageInput,
} from "../../contract/index.ts"
import { claimConversations } from "../../core/chat/claim-conversations.ts"
import { deleteConversation } from "../../core/chat/delete-conversation.ts"
import { getConversation } from "../../core/chat/get-conversation.ts"
import { listConversations } from "../../core/chat/list-conversations.ts"
import { renameConversation } from "../../core/chat/rename-conversation.ts"
import { selectLeaf } from "../../core/chat/select-leaf.ts"
import { member, router } from "./init.ts"

const one = z.object({ id: entityId })

export const conversationRouter = router({
  list: member
    .input(pageInput)
    .query(({ ctx, input }) => listConversations(ctx.deps, ctx.actor, input)),

  get: member.input(one).query(({ ctx, input }) => getConversation(ctx.deps, ctx.actor, input.id)),

  rename: member
    .input(one.extend({ title: conversationTitle }))
    .mutation(({ ctx, input }) => renameConversation(ctx.deps, ctx.actor, input.id, input.title)),

  delete: member
    .input(one)
    .mutation(({ ctx, input }) => deleteConversation(ctx.deps, ctx.actor, input.id)),

  select: member
    .input(one.extend({ leafId: entityId }))
    .mutation(({ ctx, input }) => selectLeaf(ctx.deps, ctx.actor, input.id, input.leafId)),

  claim: member
    .input(claimConversationsInput)
    .mutation(({ ctx, input }) => claimConversations(ctx.deps, ctx.actor, input)),
})
