import { getBalance } from "../../core/user/get-balance.ts"
import { member, router } from "./init.ts"

export const accountRouter = router({
  balance: member.query(({ ctx }) => getBalance(ctx.deps, ctx.actor)),
})
