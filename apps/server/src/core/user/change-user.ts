import { type Db, users } from "@nio/db"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"

type User = NonNullable<Awaited<ReturnType<typeof users.findUserById>>>

/** What an administrator does to somebody's account. `before` and `after` are shown to others. */
type Change = {
  userId: string
  act: string
  reason: string
  before: (user: User) => unknown
  after: object
  /** Refuses by throwing. */
  judge?: (tx: Db, user: User) => void | Promise<void>
  write: (tx: Db, user: User) => Promise<unknown>
}

/**
 * Changes an account and writes down who did it and why, in one transaction; every node knows at once.
 * @throws AppError `user.not-found`, and what `judge` throws
 */
export async function changeUser(deps: Deps, actor: Actor, change: Change): Promise<null> {
  requireAdmin(actor)
  const { userId, act, reason } = change
  await deps.db.transaction(async (tx) => {
    const user = await users.findUserById(tx, userId)
    if (!user || user.state === "deleted") throw new AppError("user.not-found", { id: userId })
    await change.judge?.(tx, user)
    await change.write(tx, user)
    await recordAudit(deps, tx, actor, {
      act,
      targetId: userId,
      before: change.before(user),
      after: { ...change.after, reason },
    })
  })
  await forgetActors(deps)
  return null
}
