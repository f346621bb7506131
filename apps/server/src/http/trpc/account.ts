import { rename, setAlarm as setAlarmInput } from "../../contract/index.ts"
import { sessionView } from "../../core/identity/session-view.ts"
import { getAlarm } from "../../core/user/get-alarm.ts"
import { getBalance } from "../../core/user/get-balance.ts"
import { renameUser } from "../../core/user/rename-user.ts"
import { setAlarm } from "../../core/user/set-alarm.ts"
import { member, router } from "./init.ts"

export const accountRouter = router({
  balance: member.query(({ ctx }) => getBalance(ctx.deps, ctx.actor)),

  alarm: member.query(({ ctx }) => getAlarm(ctx.deps, ctx.actor)),

  setAlarm: member
    .input(setAlarmInput)
    .mutation(({ ctx, input }) => setAlarm(ctx.deps, ctx.actor, input)),

  rename: member
    .input(rename)
    .mutation(async ({ ctx, input }) =>
      sessionView(ctx.deps, await renameUser(ctx.deps, ctx.actor, input.name)),
    ),
})
