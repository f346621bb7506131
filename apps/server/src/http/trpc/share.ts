import { z } from "zod"
import { shareId } from "../../contract/index.ts"
import { viewShare } from "../../core/share/view-share.ts"
import { anyone, router } from "./init.ts"

export const shareRouter = router({
  /** For everybody who knows the address. */
  view: anyone
    .input(z.object({ id: shareId }))
    .query(({ ctx, input }) => viewShare(ctx.deps, input.id)),
})
