import { users } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { beginSession } from "./begin-session.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { verifyPassword } from "./password.ts"

type SignIn = { name: string; password: string; address: string; userAgent: string }

/**
 * Begins a session. Says the same after the same time whether the name or the password was wrong.
 *
 * @returns the token for the cookie; only its hash is kept
 * @throws AppError `auth.wrong-credentials`, `rate.limited`
 */
export async function signIn(
  deps: Deps,
  { name, password, address, userAgent }: SignIn,
): Promise<{ token: string; actor: Actor }> {
  await limitGuesses(deps, { name, address })
  const user = await users.findUserByName(deps.db, name)
  const right = await verifyPassword(password, user?.passwordHash)
  if (!right || user?.state !== "active") throw new AppError("auth.wrong-credentials")

  return beginSession(deps, deps.db, user, { address, userAgent })
}
