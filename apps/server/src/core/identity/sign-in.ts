import { users } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { beginSession } from "./begin-session.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { hashPassword, isLegacy, verifyPassword } from "./password.ts"

type SignIn = { name: string; password: string; address: string; userAgent: string }

/**
 * Begins a session of whoever has this name or verified mail address. Says the same after the same
 * time whether nobody has it, the password was wrong, or they are banned.
 *
 * @returns the token for the cookie; only its hash is kept
 * @throws AppError `auth.wrong-credentials`, `rate.limited`
 */
export async function signIn(
  deps: Deps,
  { name, password, address, userAgent }: SignIn,
): Promise<{ token: string; actor: Actor }> {
  const user = await users.findUserByLogin(deps.db, name)
  await limitGuesses(deps, { who: user?.id ?? users.nameKeyOf(name), address })
  const right = await verifyPassword(password, user?.passwordHash)
  if (!right || user?.state !== "active") throw new AppError("auth.wrong-credentials")

  if (isLegacy(user.passwordHash)) await hashAnew(deps, user, password)
  return beginSession(deps, deps.db, user, { address, userAgent })
}

async function hashAnew({ db }: Deps, { id, passwordHash: from }: users.UserRow, password: string) {
  await users.replacePasswordHash(db, { id, from, to: await hashPassword(password) })
}
