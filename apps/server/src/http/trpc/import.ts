import { importInput } from "../../contract/index.ts"
import { getImportStatus } from "../../core/import/import-status.ts"
import { previewImport } from "../../core/import/preview-import.ts"
import { startImport } from "../../core/import/start-import.ts"
import { member, router } from "./init.ts"

export const importRouter = router({
  status: member.query(({ ctx }) => getImportStatus(ctx.deps, ctx.actor)),

  preview: member
    .input(importInput)
    .mutation(({ ctx, input }) => previewImport(ctx.deps, ctx.actor, input)),

  start: member
    .input(importInput)
    .mutation(({ ctx, input }) => startImport(ctx.deps, ctx.actor, input)),
})
