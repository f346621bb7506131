import { testMail as testMailInput } from "../../contract/index.ts"
import { testMail } from "../../core/mail/test-mail.ts"
import { member, router } from "./init.ts"

export const mailRouter = router({
  /** With the settings as they are saved. */
  test: member
    .input(testMailInput)
    .mutation(({ ctx, input }) => testMail(ctx.deps, ctx.actor, input)),
})
