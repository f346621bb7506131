import { z } from "zod"
import { testSearch } from "../../core/search/test-search.ts"
import { member, router } from "./init.ts"

export const searchRouter = router({
  test: member
    .input(z.object({ query: z.string().max(400) }))
    .mutation(({ ctx, input }) => testSearch(ctx.deps, ctx.actor, input.query)),
})
