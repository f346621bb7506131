import { z } from "zod"
import { cacheModels } from "../../core/model/cache-models.ts"
import { listModels } from "../../core/model/list-models.ts"
import { member, router } from "./init.ts"

export const modelRouter = router({
  list: member.query(({ ctx }) => listModels(ctx.deps, ctx.actor)),

  cache: member
    .input(z.object({ which: z.enum(["none", "free", "all"]) }))
    .mutation(({ ctx, input }) => cacheModels(ctx.deps, ctx.actor, input.which)),
})
