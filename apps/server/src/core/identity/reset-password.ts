import { apiKeys, identity, users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { canSendMail, sendMail } from "../mail/send-mail.ts"
import { forgetActors } from "./actor-cache.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { checkMailCode, codeMinutes, newMailCode } from "./mail-code.ts"
import { hashPassword, requireStrong } from "./password.ts"

/**
 * Sends a code to whoever has an account by that address. Answers everybody the same, at once: the
 * mail goes out behind the caller's back.
 * @throws AppError `mail.not-configured`, `rate.limited`
 */
export async function sendResetCode(
  deps: Deps,
  { email, language, address }: { email: string; language: string; address: string },
): Promise<null> {
  if (!canSendMail(deps)) throw new AppError("mail.not-configured")
  const code = await newMailCode(deps, { purpose: "reset", email }, address)
  const user = await users.findUserByEmail(deps.db, email)
  if (user?.state !== "active") return null
  const params = { name: user.name, code, minutes: codeMinutes }
  const mail = {
    to: email,
    template: "reset",
    params,
    language: user.language ?? language,
  } as const
  // After the answer, which would otherwise be later by what it takes to begin a mail.
  setImmediate(() =>
    sendMail(deps, mail).catch((cause) =>
      deps.log.warn("a code for a new password was not sent", { cause }),
    ),
  )
  return null
}

type Reset = { email: string; code: string; password: string; revokeKeys: boolean; address: string }

/**
 * Sets the password of whoever shows the code, and ends all their sessions and, with `revokeKeys`,
 * the use of their API keys.
 * @throws AppError `mail-code.wrong`, `auth.password-weak`, `rate.limited`
 */
export async function resetPassword(
  deps: Deps,
  { email, code, password, revokeKeys, address }: Reset,
): Promise<null> {
  requireStrong(password, "")
  await limitGuesses(deps, { who: `reset:${users.emailKeyOf(email)}`, address })
  const right = await checkMailCode(deps, { purpose: "reset", email }, code)
  const user = await users.findUserByEmail(deps.db, email)
  if (user?.state !== "active") throw new AppError("mail-code.wrong")
  requireStrong(password, user.name)

  const passwordHash = await hashPassword(password)
  await deps.db.transaction(async (tx) => {
    await right.use(tx)
    await users.savePassword(tx, user.id, passwordHash)
    await identity.deleteSessionsOf(tx, user.id)
    if (revokeKeys) await apiKeys.revokeKeysOf(tx, user.id, deps.now())
  })
  await forgetActors(deps)
  return null
}
