import { z } from "zod"
import {
  addPoints as addPointsInput,
  banUser as banUserInput,
  createUser as createUserInput,
  entityId,
  listUsers as listUsersInput,
  releasePlanUsage as releasePlanUsageInput,
  setPoints as setPointsInput,
  setRole as setRoleInput,
  setSubscription as setSubscriptionInput,
  setUserEmail as setUserEmailInput,
  setUserPassword as setUserPasswordInput,
} from "../../contract/index.ts"
import { resetFactors } from "../../core/factors/reset-factors.ts"
import {
  getSubscription,
  releasePlanUsage,
  setSubscription,
} from "../../core/plan/set-subscription.ts"
import { addPoints } from "../../core/user/add-points.ts"
import { addUser } from "../../core/user/add-user.ts"
import { deductPoints, setPoints } from "../../core/user/adjust-points.ts"
import { banUser } from "../../core/user/ban-user.ts"
import { getUser } from "../../core/user/get-user.ts"
import { listUsers } from "../../core/user/list-users.ts"
import { endUserSessions, revokeUserKey } from "../../core/user/revoke-user-key.ts"
import { setRole } from "../../core/user/set-role.ts"
import { setUserEmail } from "../../core/user/set-user-email.ts"
import { setUserPassword } from "../../core/user/set-user-password.ts"
import { member, router } from "./init.ts"

const ofUser = z.object({ userId: entityId })

export const userRouter = router({
  list: member
    .input(listUsersInput)
    .query(({ ctx, input }) => listUsers(ctx.deps, ctx.actor, input)),

  get: member.input(ofUser).query(({ ctx, input }) => getUser(ctx.deps, ctx.actor, input.userId)),

  create: member
    .input(createUserInput)
    .mutation(({ ctx, input }) => addUser(ctx.deps, ctx.actor, input)),

  addPoints: member
    .input(addPointsInput)
    .mutation(({ ctx, input }) => addPoints(ctx.deps, ctx.actor, input)),

  deductPoints: member
    .input(addPointsInput)
    .mutation(({ ctx, input }) => deductPoints(ctx.deps, ctx.actor, input)),

  setPoints: member
    .input(setPointsInput)
    .mutation(({ ctx, input }) => setPoints(ctx.deps, ctx.actor, input)),

  ban: member.input(banUserInput).mutation(({ ctx, input }) => banUser(ctx.deps, ctx.actor, input)),

  setRole: member
    .input(setRoleInput)
    .mutation(({ ctx, input }) => setRole(ctx.deps, ctx.actor, input)),

  setPassword: member
    .input(setUserPasswordInput)
    .mutation(({ ctx, input }) => setUserPassword(ctx.deps, ctx.actor, input)),

  setEmail: member
    .input(setUserEmailInput)
    .mutation(({ ctx, input }) => setUserEmail(ctx.deps, ctx.actor, input)),

  revokeKey: member
    .input(ofUser.extend({ id: entityId }))
    .mutation(({ ctx, input }) => revokeUserKey(ctx.deps, ctx.actor, input)),

  endSessions: member
    .input(ofUser)
    .mutation(({ ctx, input }) => endUserSessions(ctx.deps, ctx.actor, input.userId)),

  /** Takes away somebody's second factors, for who has lost them. */
  resetFactors: member
    .input(ofUser)
    .mutation(({ ctx, input }) => resetFactors(ctx.deps, ctx.actor, input.userId)),

  subscription: member
    .input(ofUser)
    .query(({ ctx, input }) => getSubscription(ctx.deps, ctx.actor, input.userId)),

  setSubscription: member
    .input(setSubscriptionInput)
    .mutation(({ ctx, input }) => setSubscription(ctx.deps, ctx.actor, input)),

  releasePlanUsage: member
    .input(releasePlanUsageInput)
    .mutation(({ ctx, input }) => releasePlanUsage(ctx.deps, ctx.actor, input)),
})
