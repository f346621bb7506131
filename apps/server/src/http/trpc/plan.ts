import { planConfig } from "../../contract/index.ts"
import { getPlanConfig } from "../../core/plan/plan-config.ts"
import { savePlans } from "../../core/plan/save-plans.ts"
import { member, router } from "./init.ts"

export const planRouter = router({
  config: member.query(({ ctx }) => getPlanConfig(ctx.deps, ctx.actor)),

  save: member
    .input(planConfig)
    .mutation(({ ctx, input }) => savePlans(ctx.deps, ctx.actor, input)),
})
