import {
  changeEmail as changeEmailInput,
  deleteAccount as deleteAccountInput,
  mailCodeOrder,
  rename,
  setAlarm as setAlarmInput,
  setLanguage as setLanguageInput,
} from "../../contract/index.ts"
import { sessionView } from "../../core/identity/session-view.ts"
import { changeEmail, sendEmailCode } from "../../core/user/change-email.ts"
import { deleteAccount } from "../../core/user/delete-account.ts"
import { getAlarm } from "../../core/user/get-alarm.ts"
import { getBalance } from "../../core/user/get-balance.ts"
import { getProfile } from "../../core/user/get-profile.ts"
import { renameUser } from "../../core/user/rename-user.ts"
import { setAlarm } from "../../core/user/set-alarm.ts"
import { setLanguage } from "../../core/user/set-language.ts"
import { member, router } from "./init.ts"

export const accountRouter = router({
  balance: member.query(({ ctx }) => getBalance(ctx.deps, ctx.actor)),

  alarm: member.query(({ ctx }) => getAlarm(ctx.deps, ctx.actor)),

  setAlarm: member
    .input(setAlarmInput)
    .mutation(({ ctx, input }) => setAlarm(ctx.deps, ctx.actor, input)),

  profile: member.query(({ ctx }) => getProfile(ctx.deps, ctx.actor)),

  emailCode: member
    .input(mailCodeOrder)
    .mutation(({ ctx, input }) =>
      sendEmailCode(ctx.deps, ctx.actor, { ...input, address: ctx.address }),
    ),

  changeEmail: member
    .input(changeEmailInput)
    .mutation(({ ctx, input }) =>
      changeEmail(ctx.deps, ctx.actor, { ...input, address: ctx.address }),
    ),

  setLanguage: member
    .input(setLanguageInput)
    .mutation(({ ctx, input }) => setLanguage(ctx.deps, ctx.actor, input.language)),

  /** Signs the browser out too. */
  delete: member.input(deleteAccountInput).mutation(async ({ ctx, input }) => {
    await deleteAccount(ctx.deps, ctx.actor, input.name)
    ctx.setSession(undefined)
    return null
  }),

  rename: member
    .input(rename)
    .mutation(async ({ ctx, input }) =>
      sessionView(ctx.deps, await renameUser(ctx.deps, ctx.actor, input.name)),
    ),
})
