import { users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { sendMail } from "../mail/send-mail.ts"
import { codeMinutes, newMailCode } from "./mail-code.ts"
import { requireSuffix } from "./require-suffix.ts"

type Order = { email: string; language: string; address: string }

/**
 * Sends the code a registration needs. Whoever has an account by that address is told so by mail,
 * and nobody else is told anything.
 * @throws AppError `register.closed`, `mail.suffix`, `rate.limited`, `mail.not-configured`, `mail.failed`
 */
export async function sendRegistrationCode(
  deps: Deps,
  { email, language, address }: Order,
): Promise<null> {
  if (deps.live.current().settings["site.closeRegister"]) throw new AppError("register.closed")
  requireSuffix(deps, email)
  const code = await newMailCode(deps, { purpose: "registration", email }, address)
  const known = await users.findUserByEmail(deps.db, email)
  await (known
    ? sendMail(deps, {
        to: email,
        template: "known-account",
        params: { name: known.name },
        language: known.language ?? language,
      })
    : sendMail(deps, {
        to: email,
        template: "registration",
        params: { code, minutes: codeMinutes },
        language,
      }))
  return null
}
