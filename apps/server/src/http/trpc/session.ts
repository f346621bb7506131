import {
  changePassword as changePasswordInput,
  signIn as signInInput,
} from "../../contract/index.ts"
import { changePassword } from "../../core/identity/change-password.ts"
import { sessionView } from "../../core/identity/session-view.ts"
import { signIn } from "../../core/identity/sign-in.ts"
import { signOut } from "../../core/identity/sign-out.ts"
import { anyone, member, router } from "./init.ts"

export const sessionRouter = router({
  current: anyone.query(({ ctx }) => {
    if (ctx.actor) ctx.renewSession()
    return sessionView(ctx.deps, ctx.actor)
  }),

  signIn: anyone.input(signInInput).mutation(async ({ ctx, input }) => {
    const { token, actor } = await signIn(ctx.deps, { ...input, ...from(ctx) })
    ctx.setSession(token)
    return sessionView(ctx.deps, actor)
  }),

  signOut: anyone.mutation(async ({ ctx }) => {
    if (ctx.actor) await signOut(ctx.deps, ctx.actor)
    ctx.setSession(undefined)
    return null
  }),

  changePassword: member.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const actor = await changePassword(ctx.deps, ctx.actor, { ...input, address: ctx.address })
    return sessionView(ctx.deps, actor)
  }),
})

const from = ({ address, userAgent }: { address: string; userAgent: string }) => ({
  address,
  userAgent,
})
