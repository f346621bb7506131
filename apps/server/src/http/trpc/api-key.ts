import { z } from "zod"
import { apiKeyName, entityId } from "../../contract/index.ts"
import { createApiKey } from "../../core/identity/create-api-key.ts"
import { listApiKeys } from "../../core/identity/list-api-keys.ts"
import { revokeApiKey } from "../../core/identity/revoke-api-key.ts"
import { member, router } from "./init.ts"

export const apiKeyRouter = router({
  list: member.query(({ ctx }) => listApiKeys(ctx.deps, ctx.actor)),

  create: member
    .input(z.object({ name: apiKeyName }))
    .mutation(({ ctx, input }) => createApiKey(ctx.deps, ctx.actor, input.name)),

  revoke: member
    .input(z.object({ id: entityId }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx.deps, ctx.actor, input.id)),
})
