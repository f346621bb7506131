import { addPoints as addPointsInput, pageInput } from "../../contract/index.ts"
import { addPoints } from "../../core/user/add-points.ts"
import { listUsers } from "../../core/user/list-users.ts"
import { member, router } from "./init.ts"

export const userRouter = router({
  list: member.input(pageInput).query(({ ctx, input }) => listUsers(ctx.deps, ctx.actor, input)),

  addPoints: member
    .input(addPointsInput)
    .mutation(({ ctx, input }) => addPoints(ctx.deps, ctx.actor, input)),
})
