import {
  beginOidc as beginOidcInput,
  deleteOidcProvider,
  identityId,
  saveOidcProvider,
} from "../../contract/index.ts"
import { beginOidc, linkOidc } from "../../core/oidc/begin-oidc.ts"
import { deleteProvider, listProviders, saveProvider } from "../../core/oidc/edit-providers.ts"
import { listIdentities, unlinkIdentity } from "../../core/oidc/unlink.ts"
import { anyone, member, router } from "./init.ts"

/** Signing in with accounts elsewhere. The way back is `http/plain/oidc-callback.ts`. */
export const oidcRouter = router({
  begin: anyone.input(beginOidcInput).mutation(({ ctx, input }) => {
    const { deps, address, keepJourneyToken } = ctx
    return beginOidc(deps, { ...input, address, browser: keepJourneyToken() })
  }),

  link: member.input(beginOidcInput).mutation(({ ctx, input }) => {
    const { deps, actor, address, keepJourneyToken } = ctx
    return linkOidc(deps, actor, { ...input, address, browser: keepJourneyToken() })
  }),

  identities: member.query(({ ctx }) => listIdentities(ctx.deps, ctx.actor)),

  unlink: member
    .input(identityId)
    .mutation(({ ctx, input }) => unlinkIdentity(ctx.deps, ctx.actor, input)),

  providers: member.query(({ ctx }) => listProviders(ctx.deps, ctx.actor)),

  saveProvider: member
    .input(saveOidcProvider)
    .mutation(({ ctx, input }) => saveProvider(ctx.deps, ctx.actor, input)),

  deleteProvider: member
    .input(deleteOidcProvider)
    .mutation(({ ctx, input }) => deleteProvider(ctx.deps, ctx.actor, input)),
})
