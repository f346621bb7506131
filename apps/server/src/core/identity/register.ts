import { isDuplicate, users } from "@nio/db"
import { toMicropoints } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import { networkOf } from "../address.ts"
import { creditUser } from "../billing/credit-user.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { canSendMail } from "../mail/send-mail.ts"
import { personName } from "../user/person-name.ts"
import { beginSession, type Visit } from "./begin-session.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { checkMailCode } from "./mail-code.ts"
import { hashPassword, requireStrong } from "./password.ts"
import { requireRate } from "./require-rate.ts"
import { requireSuffix } from "./require-suffix.ts"

/** A family registers at once; a farm does not. */
export const perNetwork: Bucket = { capacity: 10, perSecond: 10 / 3_600 }

type Registration = {
  name: string
  password: string
  language: string
  /** Where the site sends mail: an address, and the code that was sent there. */
  email?: string | undefined
  code?: string | undefined
  visit: Visit
}

/**
 * Makes an account, gives it the points new ones are given, and signs it in: all or nothing.
 * @returns the token for the cookie
 * @throws AppError `register.closed`, `name.invalid`, `name.reserved`, `name.taken`,
 *   `auth.password-weak`, `rate.limited`, `mail-code.wrong`, `mail.suffix`
 */
export async function register(
  deps: Deps,
  { name: typed, password, language, visit, ...mail }: Registration,
): Promise<{ token: string; actor: Actor }> {
  const { settings } = deps.live.current()
  if (settings["site.closeRegister"]) throw new AppError("register.closed")
  const name = personName(typed)
  requireStrong(password, name)
  if (await users.findUserByName(deps.db, name)) throw new AppError("name.taken", { name })
  const shown = canSendMail(deps) ? await checkMail(deps, mail, visit.address) : undefined
  await requireRate(deps, [[`register:network:${networkOf(visit.address)}`, perNetwork]])

  const passwordHash = await hashPassword(password)
  return deps.db
    .transaction(async (tx) => {
      await shown?.use(tx)
      const user = { ...newUser, id: deps.newId(), name, createdAt: deps.now() }
      const email = shown && { email: shown.email }
      await users.insertUser(tx, { ...user, ...email, language, passwordHash })
      await welcome({ ...deps, db: tx }, user.id, settings["site.initialPoints"])
      return beginSession(deps, tx, user, visit)
    })
    .catch((error) => {
      throw isDuplicate(error) ? new AppError("name.taken", { name }, error) : error
    })
}

/** Who guesses codes is held up like who guesses passwords. */
async function checkMail(
  deps: Deps,
  { email, code }: Pick<Registration, "email" | "code">,
  address: string,
) {
  if (!email || !code) throw new AppError("mail-code.wrong")
  requireSuffix(deps, email)
  await limitGuesses(deps, { who: `registration:${users.emailKeyOf(email)}`, address })
  const { use } = await checkMailCode(deps, { purpose: "registration", email }, code)
  return { email, use }
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
