import { rename } from "../../contract/index.ts"
import { sessionView } from "../../core/identity/session-view.ts"
import { getBalance } from "../../core/user/get-balance.ts"
import { renameUser } from "../../core/user/rename-user.ts"
import { member, router } from "./init.ts"

export const accountRouter = router({
  balance: member.query(({ ctx }) => getBalance(ctx.deps, ctx.actor)),

  rename: member
    .input(rename)
    .mutation(async ({ ctx, input }) =>
      sessionView(ctx.deps, await renameUser(ctx.deps, ctx.actor, input.name)),
    ),
})
