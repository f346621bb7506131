import { z } from "zod"
import {
  changePassword as changePasswordInput,
  mailCodeOrder,
  passkeySignIn,
  prove as proveInput,
  register as registerInput,
  resetPassword as resetPasswordInput,
  secondFactor,
  secondFactorOptions as secondFactorOptionsInput,
  sessionId,
  signIn as signInInput,
} from "../../contract/index.ts"
import {
  passkeySignInOptions,
  secondFactorOptions,
  signInByPasskey,
  signInBySecondFactor,
} from "../../core/factors/sign-in-by-factor.ts"
import { changePassword } from "../../core/identity/change-password.ts"
import { listSessions } from "../../core/identity/list-sessions.ts"
import { listProofMethods, proofOptions, prove } from "../../core/identity/prove.ts"
import { register } from "../../core/identity/register.ts"
import { resetPassword, sendResetCode } from "../../core/identity/reset-password.ts"
import { revokeOtherSessions, revokeSession } from "../../core/identity/revoke-session.ts"
import { sendRegistrationCode } from "../../core/identity/send-registration-code.ts"
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
    const { token, actor, secondFactor } = await signIn(ctx.deps, { ...input, ...from(ctx) })
    if (token) ctx.setSession(token)
    return { ...sessionView(ctx.deps, actor), ...(secondFactor && { secondFactor }) }
  }),

  /** The second step, when `signIn` answered that the password is not enough. */
  secondFactor: anyone.input(secondFactor).mutation(async ({ ctx, input }) => {
    const asked = { ...input, origin: ctx.origin, visit: from(ctx) }
    const { token, actor } = await signInBySecondFactor(ctx.deps, asked)
    ctx.setSession(token)
    return sessionView(ctx.deps, actor)
  }),

  registrationCode: anyone
    .input(mailCodeOrder)
    .mutation(({ ctx, input }) =>
      sendRegistrationCode(ctx.deps, { ...input, address: ctx.address }),
    ),

  resetCode: anyone
    .input(mailCodeOrder)
    .mutation(({ ctx, input }) => sendResetCode(ctx.deps, { ...input, address: ctx.address })),

  /** Signs nobody in: whoever has the mail may not have the second factor. */
  resetPassword: anyone
    .input(resetPasswordInput)
    .mutation(({ ctx, input }) => resetPassword(ctx.deps, { ...input, address: ctx.address })),

  register: anyone.input(registerInput).mutation(async ({ ctx, input }) => {
    const { token, actor } = await register(ctx.deps, { ...input, visit: from(ctx) })
    ctx.setSession(token)
    return sessionView(ctx.deps, actor)
  }),

  secondFactorOptions: anyone
    .input(secondFactorOptionsInput)
    .mutation(({ ctx, input }) => secondFactorOptions(ctx.deps, input.challenge, ctx.origin)),

  /** In with a passkey alone. */
  passkey: anyone.input(passkeySignIn).mutation(async ({ ctx, input }) => {
    const asked = { ...input, origin: ctx.origin, visit: from(ctx) }
    const { token, actor } = await signInByPasskey(ctx.deps, asked)
    ctx.setSession(token)
    return sessionView(ctx.deps, actor)
  }),

  passkeyOptions: anyone.mutation(({ ctx }) => passkeySignInOptions(ctx.deps, ctx)),

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

  /** Before what cannot be undone. */
  prove: member.input(proveInput).mutation(({ ctx, input: proof }) => {
    const { address, origin } = ctx
    return prove(ctx.deps, ctx.actor, { proof, address, origin })
  }),

  proofMethods: member.query(({ ctx }) => listProofMethods(ctx.deps, ctx.actor)),
  proofOptions: member.mutation(({ ctx }) => proofOptions(ctx.deps, ctx.actor, ctx.origin)),

  changePassword: member.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const actor = await changePassword(ctx.deps, ctx.actor, { ...input, address: ctx.address })
    return sessionView(ctx.deps, actor)
  }),
})

const from = ({ address, userAgent }: { address: string; userAgent: string }) => ({
  address,
  userAgent,
})
