import { z } from "zod"
import { apiKeyTerms, apiKeyUsageInput, entityId, noLimits } from "../../contract/index.ts"
import { createApiKey } from "../../core/identity/create-api-key.ts"
import { getKeyUsage } from "../../core/identity/get-key-usage.ts"
import { listApiKeys } from "../../core/identity/list-api-keys.ts"
import { resetApiKey } from "../../core/identity/reset-api-key.ts"
import { revokeApiKey } from "../../core/identity/revoke-api-key.ts"
import { updateApiKey } from "../../core/identity/update-api-key.ts"
import { member, router } from "./init.ts"

export const apiKeyRouter = router({
  list: member.query(({ ctx }) => listApiKeys(ctx.deps, ctx.actor)),

  usage: member
    .input(apiKeyUsageInput)
    .query(({ ctx, input }) => getKeyUsage(ctx.deps, ctx.actor, input)),

  create: member
    .input(apiKeyTerms.partial({ limits: true, spendCap: true }))
    .mutation(({ ctx, input: { name, limits = noLimits, spendCap = null } }) =>
      createApiKey(ctx.deps, ctx.actor, name, { limits, spendCap }),
    ),

  update: member
    .input(apiKeyTerms.extend({ id: entityId }))
    .mutation(({ ctx, input: { id, ...terms } }) => updateApiKey(ctx.deps, ctx.actor, id, terms)),

  reset: member
    .input(z.object({ id: entityId }))
    .mutation(({ ctx, input }) => resetApiKey(ctx.deps, ctx.actor, input.id)),

  revoke: member
    .input(z.object({ id: entityId }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx.deps, ctx.actor, input.id)),
})
