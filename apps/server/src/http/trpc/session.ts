import { z } from "zod"
import {
  changePassword as changePasswordInput,
  prove as proveInput,
  register as registerInput,
  sessionId,
  signIn as signInInput,
} from "../../contract/index.ts"
import { changePassword } from "../../core/identity/change-password.ts"
import { listSessions } from "../../core/identity/list-sessions.ts"
import { prove } from "../../core/identity/prove.ts"
import { register } from "../../core/identity/register.ts"
import { revokeOtherSessions, revokeSession } from "../../core/identity/revoke-session.ts"
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

  register: anyone.input(registerInput).mutation(async ({ ctx, input }) => {
    const { token, actor } = await register(ctx.deps, { ...input, visit: from(ctx) })
    ctx.setSession(token)
    return sessionView(ctx.deps, actor)
  }),

  signOut: anyone.mutation(async ({ ctx }) => {
    if (ctx.actor) await signOut(ctx.deps, ctx.actor)
    ctx.setSession(undefined)
    return null
  }),

  list: member.query(({ ctx }) => listSessions(ctx.deps, ctx.actor)),

  revoke: member
    .input(z.object({ id: sessionId }))
    .mutation(({ ctx, input }) => revokeSession(ctx.deps, ctx.actor, input.id)),

  revokeOthers: member.mutation(({ ctx }) => revokeOtherSessions(ctx.deps, ctx.actor)),

  /** By the password, before what cannot be undone. */
  prove: member
    .input(proveInput)
    .mutation(({ ctx, input }) => prove(ctx.deps, ctx.actor, { ...input, address: ctx.address })),

  changePassword: member.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const actor = await changePassword(ctx.deps, ctx.actor, { ...input, address: ctx.address })
    return sessionView(ctx.deps, actor)
  }),
})

const from = ({ address, userAgent }: { address: string; userAgent: string }) => ({
  address,
  userAgent,
})
