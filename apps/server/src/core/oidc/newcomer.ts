import { identities, type identity, isDuplicate, users } from "@nio/db"
import { nameChars } from "../../contract/index.ts"
import { networkOf } from "../address.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Visit } from "../identity/begin-session.ts"
import { perNetwork, welcome } from "../identity/register.ts"
import { requireRate } from "../identity/require-rate.ts"
import { canSendMail } from "../mail/send-mail.ts"
import { personName } from "../user/person-name.ts"
import { labelOf, type OidcClaims } from "./oidc.ts"

type Newcomer = { provider: string; claims: OidcClaims; visit: Visit }

/**
 * An account for somebody whom only the issuer knows, as far as this site takes new ones. It has no
 * password until they set one. A mail address is theirs when the issuer has verified it.
 * @throws AppError `register.closed`, `oidc.mail-unfit`, `oidc.refused`, `rate.limited`
 */
export async function newcomer(
  deps: Deps,
  { provider, claims, visit }: Newcomer,
): Promise<identity.ActorRow> {
  const { settings } = deps.live.current()
  if (settings["site.closeRegister"]) throw new AppError("register.closed")
  const email = claims.emailVerified ? claims.email : undefined
  if (!mayCome(deps, email)) throw new AppError("oidc.mail-unfit")
  await requireRate(deps, [[`register:network:${networkOf(visit.address)}`, perNetwork]])

  const at = deps.now()
  const user = { ...plain, id: deps.newId(), name: await freeName(deps, claims), createdAt: at }
  const { issuer, subject } = claims
  const known = { provider, issuer, subject, label: labelOf(claims), userId: user.id }
  const make = (email?: string) =>
    deps.db.transaction(async (tx) => {
      await users.insertUser(tx, { ...user, ...(email && { email }) })
      const id = deps.newId()
      await identities.insertIdentity(tx, { ...known, id, createdAt: at, lastUsedAt: at })
      await welcome({ ...deps, db: tx }, user.id, settings["site.initialPoints"])
      return user
    })
  // An address that somebody else wrote down here, and never verified, stays with them.
  return make(email).catch((cause) => {
    if (isDuplicate(cause) && email) return make()
    throw isDuplicate(cause) ? new AppError("oidc.refused", {}, cause) : cause
  })
}

/** Where who registers must show an address, the issuer must have seen one, and of a kind that is taken here. */
function mayCome(deps: Deps, email: string | undefined): boolean {
  const { settings } = deps.live.current()
  if (!settings["mail.suffixes.enabled"]) return email !== undefined || !canSendMail(deps)
  return settings["mail.suffixes"].includes(email?.replace(/^.*@/, "").toLowerCase() ?? "")
}

const plain = {
  passwordHash: "",
  role: "user",
  state: "active",
  passwordExpired: false,
} as const

/** What they are called there, as far as it is a name here; with an ending when somebody has it. */
async function freeName(deps: Deps, { name, email, subject }: OidcClaims): Promise<string> {
  const ending = deps.newId().slice(-endingChars)
  for (const wish of [name, email?.replace(/@.*/, ""), subject]) {
    const short = [...(wish ?? "")].slice(0, nameChars.max - endingChars - 1).join("")
    const fit = asName(short)
    if (fit === undefined) continue
    return (await users.findUserByName(deps.db, fit)) ? personName(`${fit}-${ending}`) : fit
  }
  return personName(`user-${ending}`)
}
const endingChars = 6

function asName(text: string): string | undefined {
  try {
    return personName(text)
  } catch {
    return undefined
  }
}
