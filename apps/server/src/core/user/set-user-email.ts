import { isDuplicate, userList } from "@nio/db"
import type { SetUserEmail } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeUser } from "./change-user.ts"

/** Gives somebody a mail address that the administrator vouches for. @throws AppError `user.not-found`, `mail.taken` */
export const setUserEmail = (
  deps: Deps,
  actor: Actor,
  { userId, email, reason }: SetUserEmail,
): Promise<null> =>
  changeUser(deps, actor, {
    userId,
    act: "user.set-email",
    reason,
    before: ({ email }) => ({ email }),
    after: { email },
    write: (tx) => userList.assignEmail(tx, userId, email),
  }).catch((error) => {
    throw isDuplicate(error) ? new AppError("mail.taken", {}, error) : error
  })
