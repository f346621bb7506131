import { z } from "zod"
import {
  entityId,
  listRates,
  priceAdoption,
  priceChange,
  priceRule,
  siteAddress,
} from "../../contract/index.ts"
import { adoptPrices } from "../../core/price/adopt-prices.ts"
import { changePrices } from "../../core/price/change-prices.ts"
import { deletePrice } from "../../core/price/delete-price.ts"
import { listPrices } from "../../core/price/list-prices.ts"
import { listTemplatePrices } from "../../core/price/list-template-prices.ts"
import { readSitePrices } from "../../core/price/read-site-prices.ts"
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

  change: member
    .input(priceChange)
    .mutation(({ ctx, input }) => changePrices(ctx.deps, ctx.actor, input)),

  template: member
    .input(listRates.optional())
    .query(({ ctx, input }) => listTemplatePrices(ctx.deps, ctx.actor, input)),

  site: member
    .input(z.object({ address: siteAddress }))
    .mutation(({ ctx, input }) => readSitePrices(ctx.deps, ctx.actor, input.address)),

  adopt: member
    .input(priceAdoption)
    .mutation(({ ctx, input }) => adoptPrices(ctx.deps, ctx.actor, input)),
})
