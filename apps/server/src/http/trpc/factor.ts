import { z } from "zod"
import {
  addPasskey as addPasskeyInput,
  confirmAuthenticator as confirmAuthenticatorInput,
  passkeyId,
  renamePasskey as renamePasskeyInput,
} from "../../contract/index.ts"
import { addPasskey, passkeyOptions } from "../../core/factors/add-passkey.ts"
import { listFactors } from "../../core/factors/list-factors.ts"
import { removeAuthenticator, removePasskey } from "../../core/factors/remove-factor.ts"
import { renamePasskey } from "../../core/factors/rename-passkey.ts"
import { renewCodes } from "../../core/factors/renew-codes.ts"
import {
  beginAuthenticator,
  confirmAuthenticator,
} from "../../core/factors/set-up-authenticator.ts"
import { member, router } from "./init.ts"

/** What somebody signs in with beside their password. Almost everything wants a fresh proof. */
export const factorRouter = router({
  list: member.query(({ ctx }) => listFactors(ctx.deps, ctx.actor)),

  beginAuthenticator: member.mutation(({ ctx }) => beginAuthenticator(ctx.deps, ctx.actor)),

  confirmAuthenticator: member
    .input(confirmAuthenticatorInput)
    .mutation(({ ctx, input }) => confirmAuthenticator(ctx.deps, ctx.actor, input)),

  removeAuthenticator: member.mutation(({ ctx }) => removeAuthenticator(ctx.deps, ctx.actor)),

  renewCodes: member.mutation(({ ctx }) => renewCodes(ctx.deps, ctx.actor)),

  passkeyOptions: member.mutation(({ ctx }) => passkeyOptions(ctx.deps, ctx.actor, ctx.origin)),

  addPasskey: member
    .input(addPasskeyInput)
    .mutation(({ ctx, input }) =>
      addPasskey(ctx.deps, ctx.actor, { ...input, origin: ctx.origin }),
    ),

  renamePasskey: member
    .input(renamePasskeyInput)
    .mutation(({ ctx, input }) => renamePasskey(ctx.deps, ctx.actor, input)),

  removePasskey: member
    .input(z.object({ id: passkeyId }))
    .mutation(({ ctx, input }) => removePasskey(ctx.deps, ctx.actor, input.id)),
})
