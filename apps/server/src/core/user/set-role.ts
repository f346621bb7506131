import { erase, userList } from "@nio/db"
import type { SetRole } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeUser } from "./change-user.ts"
import { requireOther } from "./require-other.ts"

/**
 * Makes somebody an administrator, or no longer one.
 * @throws AppError `user.not-found`, `user.self`, `user.root`, `account.last-admin`
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
    judge: (user) => requireOther(actor, user),
    async write(tx) {
      await userList.saveRole(tx, userId, role)
      // Two who take it from each other at the same moment: the second finds nobody left.
      if ((await erase.countAdmins(tx)) === 0) throw new AppError("account.last-admin")
    },
  })
