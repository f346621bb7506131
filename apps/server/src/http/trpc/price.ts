import { z } from "zod"
import { entityId, priceRule } from "../../contract/index.ts"
import { deletePrice } from "../../core/price/delete-price.ts"
import { listPrices } from "../../core/price/list-prices.ts"
import { savePrice } from "../../core/price/save-price.ts"
import { unpricedModels } from "../../core/price/unpriced-models.ts"
import { member, router } from "./init.ts"

export const priceRouter = router({
  list: member.query(({ ctx }) => listPrices(ctx.deps, ctx.actor)),

  unpriced: member.query(({ ctx }) => unpricedModels(ctx.deps, ctx.actor)),

  save: member
    .input(z.object({ id: entityId.optional(), rule: priceRule }))
    .mutation(({ ctx, input }) => savePrice(ctx.deps, ctx.actor, input)),

  delete: member
    .input(z.object({ id: entityId }))
    .mutation(({ ctx, input }) => deletePrice(ctx.deps, ctx.actor, input.id)),
})
