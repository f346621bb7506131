import { isDuplicate, users } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { limitGuesses } from "../identity/limit-guesses.ts"
import { checkMailCode, codeMinutes, newMailCode } from "../identity/mail-code.ts"
import { requireProof } from "../identity/require-proof.ts"
import { requireSuffix } from "../identity/require-suffix.ts"
import { sendMail } from "../mail/send-mail.ts"

type Asked = { email: string; language: string; address: string }

/**
 * Sends a code to the address the actor wants to have. When somebody has it already, they alone are told.
 * @throws AppError `auth.proof-required`, `mail.suffix`, `rate.limited`, `mail.not-configured`, `mail.failed`
 */
export async function sendEmailCode(
  deps: Deps,
  actor: Actor,
  { email, language, address }: Asked,
): Promise<null> {
  const { userId, name } = requireActive(actor)
  await requireProof(deps, actor)
  requireSuffix(deps, email)
  const code = await newMailCode(deps, { purpose: "new-address", email, owner: userId }, address)
  const known = await users.findUserByEmail(deps.db, email)
  await (known && known.id !== userId
    ? sendMail(deps, {
        to: email,
        template: "known-account",
        params: { name: known.name },
        language: known.language ?? language,
      })
    : sendMail(deps, {
        to: email,
        template: "new-address",
        params: { name, code, minutes: codeMinutes },
        language,
      }))
  return null
}

/**
 * Gives the actor the mail address whose code they show, and tells the one they had.
 * @throws AppError `auth.proof-required`, `mail-code.wrong`, `rate.limited`
 */
export async function changeEmail(
  deps: Deps,
  actor: Actor,
  { email, code, address }: { email: string; code: string; address: string },
): Promise<null> {
  const { userId, name } = requireActive(actor)
  await requireProof(deps, actor)
  await limitGuesses(deps, { who: userId, address })
  const about = { purpose: "new-address", email, owner: userId } as const
  const right = await checkMailCode(deps, about, code)
  const before = await users.findUserById(deps.db, userId)
  try {
    await deps.db.transaction(async (tx) => {
      await right.use(tx)
      await users.saveEmail(tx, userId, email)
    })
  } catch (error) {
    // Whose it is was told to them alone.
    throw isDuplicate(error) ? new AppError("mail-code.wrong", {}, error) : error
  }
  if (before?.email && before.emailVerified && users.emailKeyOf(email) !== before.emailKey)
    sendMail(deps, {
      to: before.email,
      template: "address-changed",
      params: { name, address: email },
      language: before.language,
    }).catch((cause) => deps.log.warn("an address was not told of its change", { cause }))
  return null
}
