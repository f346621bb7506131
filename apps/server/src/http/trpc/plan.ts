import { planChoice, planConfig, subscribe as subscribeInput } from "../../contract/index.ts"
import { getPlans, quotePlan } from "../../core/plan/get-plans.ts"
import { getPlanConfig } from "../../core/plan/plan-config.ts"
import { savePlans } from "../../core/plan/save-plans.ts"
import { subscribe } from "../../core/plan/subscribe.ts"
import { member, router } from "./init.ts"

export const planRouter = router({
  view: member.query(({ ctx }) => getPlans(ctx.deps, ctx.actor)),

  quote: member.input(planChoice).query(({ ctx, input }) => quotePlan(ctx.deps, ctx.actor, input)),

  subscribe: member
    .input(subscribeInput)
    .mutation(({ ctx, input }) => subscribe(ctx.deps, ctx.actor, input)),

  config: member.query(({ ctx }) => getPlanConfig(ctx.deps, ctx.actor)),

  save: member
    .input(planConfig)
    .mutation(({ ctx, input }) => savePlans(ctx.deps, ctx.actor, input)),
})
