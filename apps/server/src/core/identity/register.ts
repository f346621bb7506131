import { isDuplicate, users } from "@nio/db"
import { toMicropoints } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import { networkOf } from "../address.ts"
import { creditUser } from "../billing/credit-user.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { personName } from "../user/person-name.ts"
import { beginSession, type Visit } from "./begin-session.ts"
import { hashPassword, requireStrong } from "./password.ts"
import { requireRate } from "./require-rate.ts"

/** A family registers at once; a farm does not. */
export const perNetwork: Bucket = { capacity: 10, perSecond: 10 / 3_600 }

type Registration = { name: string; password: string; visit: Visit }

/**
 * Makes an account, gives it the points new ones are given, and signs it in: all or nothing.
 * @returns the token for the cookie
 * @throws AppError `register.closed`, `name.invalid`, `name.reserved`, `name.taken`,
 *   `auth.password-weak`, `rate.limited`
 */
export async function register(
  deps: Deps,
  { name: typed, password, visit }: Registration,
): Promise<{ token: string; actor: Actor }> {
  const { settings } = deps.live.current()
  if (settings["site.closeRegister"]) throw new AppError("register.closed")
  const name = personName(typed)
  requireStrong(password, name)
  if (await users.findUserByName(deps.db, name)) throw new AppError("name.taken", { name })
  await requireRate(deps, [[`register:network:${networkOf(visit.address)}`, perNetwork]])

  const passwordHash = await hashPassword(password)
  return deps.db
    .transaction(async (tx) => {
      const user = { ...newUser, id: deps.newId(), name, createdAt: deps.now() }
      await users.insertUser(tx, { ...user, passwordHash })
      await welcome({ ...deps, db: tx }, user.id, settings["site.initialPoints"])
      return beginSession(deps, tx, user, visit)
    })
    .catch((error) => {
      throw isDuplicate(error) ? new AppError("name.taken", { name }, error) : error
    })
}

const newUser = { role: "user", state: "active", passwordExpired: false } as const

/** The points new accounts are given. */
export async function welcome(
  deps: Pick<Deps, "db" | "now" | "newId">,
  userId: string,
  points: number,
) {
  const amount = toMicropoints(points)
  if (amount === 0) return
  await creditUser(deps, { userId, amount, reference: `initial:${userId}`, reason: "" })
}
