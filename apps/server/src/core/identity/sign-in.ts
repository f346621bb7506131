import { users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Visit } from "./begin-session.ts"
import { type Entered, enter } from "./enter.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { hashPassword, isLegacy, verifyPassword } from "./password.ts"

type SignIn = Visit & { name: string; password: string }

/**
 * The one place where a password lets somebody in: begins a session of whoever has this name or
 * verified mail address, or asks them for their second factor first. Says the same after the same
 * time whether nobody has it, the password was wrong, or they are banned.
 *
 * @throws AppError `auth.wrong-credentials`, `rate.limited`
 */
export async function signIn(deps: Deps, { name, password, ...visit }: SignIn): Promise<Entered> {
  const user = await users.findUserByLogin(deps.db, name)
  await limitGuesses(deps, { who: user?.id ?? users.nameKeyOf(name), address: visit.address })
  const right = await verifyPassword(password, user?.passwordHash)
  if (!right || user?.state !== "active") throw new AppError("auth.wrong-credentials")

  if (isLegacy(user.passwordHash)) await hashAnew(deps, user, password)
  return enter(deps, user, visit)
}

async function hashAnew({ db }: Deps, { id, passwordHash: from }: users.UserRow, password: string) {
  await users.replacePasswordHash(db, { id, from, to: await hashPassword(password) })
}
