import { listAudit as listAuditInput } from "../../contract/index.ts"
import { listActs, listAudit } from "../../core/audit/list-audit.ts"
import { member, router } from "./init.ts"

export const auditRouter = router({
  list: member
    .input(listAuditInput)
    .query(({ ctx, input }) => listAudit(ctx.deps, ctx.actor, input)),

  acts: member.query(({ ctx }) => listActs(ctx.deps, ctx.actor)),
})
