import { createTicket } from "../../core/identity/ticket.ts"
import { member, router } from "./init.ts"

export const chatRouter = router({
  ticket: member.mutation(({ ctx }) => createTicket(ctx.deps, ctx.actor)),
})
