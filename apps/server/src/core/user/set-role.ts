import { userList } from "@nio/db"
import type { SetRole } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { changeUser } from "./change-user.ts"
import { requireOther } from "./require-other.ts"

/**
 * Makes somebody an administrator, or no longer one.
 * @throws AppError `user.not-found`, `user.self`, `user.root`, `auth.forbidden`
 */
export const setRole = (
  deps: Deps,
  actor: Actor,
  { userId, role, reason }: SetRole,
): Promise<null> =>
  changeUser(deps, actor, {
    userId,
    act: "user.set-role",
    reason,
    before: ({ role }) => ({ role }),
    after: { role },
    judge: (tx, user) => requireOther(tx, actor, user),
    write: (tx) => userList.saveRole(tx, userId, role),
  })
