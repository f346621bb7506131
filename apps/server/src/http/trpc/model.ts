import { z } from "zod"
import { anonymousActor } from "../../core/actor.ts"
import { cacheModels } from "../../core/model/cache-models.ts"
import { listModels } from "../../core/model/list-models.ts"
import { anyone, member, router } from "./init.ts"

export const modelRouter = router({
  /** Also for visitors, who get to see what is open to them. */
  list: anyone.query(({ ctx }) => listModels(ctx.deps, ctx.actor ?? anonymousActor(ctx.address))),

  cache: member
    .input(z.object({ which: z.enum(["none", "free", "all"]) }))
    .mutation(({ ctx, input }) => cacheModels(ctx.deps, ctx.actor, input.which)),
})
