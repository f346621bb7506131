import { z } from "zod"
import {
  codeKinds,
  createCodes as createCodesInput,
  exportCodes as exportCodesInput,
  listCodes as listCodesInput,
  redeemCode as redeemCodeInput,
  revokeCodes as revokeCodesInput,
} from "../../contract/index.ts"
import { createCodes } from "../../core/code/create-codes.ts"
import { exportCodes } from "../../core/code/export-codes.ts"
import { listCodeBatches, listCodes } from "../../core/code/list-codes.ts"
import { redeemCode } from "../../core/code/redeem-code.ts"
import { revokeCodes } from "../../core/code/revoke-codes.ts"
import { member, router } from "./init.ts"

export const codeRouter = router({
  redeem: member
    .input(redeemCodeInput)
    .mutation(({ ctx, input }) =>
      redeemCode(ctx.deps, ctx.actor, { ...input, address: ctx.address }),
    ),

  list: member
    .input(listCodesInput)
    .query(({ ctx, input }) => listCodes(ctx.deps, ctx.actor, input)),

  batches: member
    .input(z.object({ kind: z.enum(codeKinds) }))
    .query(({ ctx, input }) => listCodeBatches(ctx.deps, ctx.actor, input.kind)),

  export: member
    .input(exportCodesInput)
    .mutation(({ ctx, input }) => exportCodes(ctx.deps, ctx.actor, input)),

  create: member
    .input(createCodesInput)
    .mutation(({ ctx, input }) => createCodes(ctx.deps, ctx.actor, input)),

  revoke: member
    .input(revokeCodesInput)
    .mutation(({ ctx, input }) => revokeCodes(ctx.deps, ctx.actor, input)),
})
