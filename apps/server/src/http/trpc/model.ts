import { listModels } from "../../core/model/list-models.ts"
import { member, router } from "./init.ts"

export const modelRouter = router({
  list: member.query(({ ctx }) => listModels(ctx.deps, ctx.actor)),
})
