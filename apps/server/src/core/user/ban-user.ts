import { identity, users } from "@nio/db"
import type { BanUser } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { changeUser } from "./change-user.ts"
import { requireOther } from "./require-other.ts"

/**
 * Shuts somebody out, or lets them in again: within three seconds their sessions, sockets, keys and
 * answers under way have ended, on every node.
 * @throws AppError `user.not-found`, `user.self`, `user.root`, `auth.forbidden`
 */
export const banUser = (
  deps: Deps,
  actor: Actor,
  { userId, banned, reason }: BanUser,
): Promise<null> =>
  changeUser(deps, actor, {
    userId,
    act: banned ? "user.ban" : "user.unban",
    reason,
    before: ({ state }) => ({ state }),
    after: { state: banned ? "banned" : "active" },
    judge: (tx, user) => requireOther(tx, actor, user),
    async write(tx) {
      await users.saveState(tx, userId, banned ? "banned" : "active")
      if (banned) await identity.deleteSessionsOf(tx, userId)
    },
  })
