import { z } from "zod"
import { settingChange } from "../../contract/index.ts"
import { listSettings } from "../../core/live/list-settings.ts"
import { setSettings } from "../../core/live/set-setting.ts"
import { member, router } from "./init.ts"

const changesMax = 100

export const settingRouter = router({
  list: member.query(({ ctx }) => listSettings(ctx.deps, ctx.actor)),

  /** All of the changes or none. */
  save: member
    .input(z.object({ changes: z.array(settingChange).min(1).max(changesMax) }))
    .mutation(({ ctx, input }) => setSettings(ctx.deps, ctx.actor, input.changes)),
})
