import {
  listStatement as listInput,
  listSiteStatement as listSiteInput,
  siteStatementTotals as siteTotalsInput,
  statementTotals as totalsInput,
} from "../../contract/index.ts"
import { listSiteStatement, listStatement } from "../../core/statement/list-statement.ts"
import { sumSiteStatement, sumStatement } from "../../core/statement/sum-statement.ts"
import { member, router } from "./init.ts"

export const statementRouter = router({
  list: member
    .input(listInput)
    .query(({ ctx, input }) => listStatement(ctx.deps, ctx.actor, input)),

  totals: member
    .input(totalsInput)
    .query(({ ctx, input }) => sumStatement(ctx.deps, ctx.actor, input)),

  listSite: member
    .input(listSiteInput)
    .query(({ ctx, input }) => listSiteStatement(ctx.deps, ctx.actor, input)),

  siteTotals: member
    .input(siteTotalsInput)
    .query(({ ctx, input }) => sumSiteStatement(ctx.deps, ctx.actor, input)),
})
