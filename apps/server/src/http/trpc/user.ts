import { z } from "zod"
import { addPoints as addPointsInput, entityId, pageInput } from "../../contract/index.ts"
import { resetFactors } from "../../core/factors/reset-factors.ts"
import { addPoints } from "../../core/user/add-points.ts"
import { listUsers } from "../../core/user/list-users.ts"
import { member, router } from "./init.ts"

export const userRouter = router({
  list: member.input(pageInput).query(({ ctx, input }) => listUsers(ctx.deps, ctx.actor, input)),

  addPoints: member
    .input(addPointsInput)
    .mutation(({ ctx, input }) => addPoints(ctx.deps, ctx.actor, input)),

  /** Takes away somebody's second factors, for who has lost them. */
  resetFactors: member
    .input(z.object({ userId: entityId }))
    .mutation(({ ctx, input }) => resetFactors(ctx.deps, ctx.actor, input.userId)),
})
