import { randomInt, timingSafeEqual } from "node:crypto"
import { type Db, mailCodes, users } from "@nio/db"
import { networkOf } from "../address.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { requireRate } from "./require-rate.ts"

/** What a code is good for, by nobody but its owner: `owner` is the id of an account where there is one. */
export type CodeFor = {
  purpose: "registration" | "reset" | "new-address"
  email: string
  owner?: string
}

export const codeMinutes = 10
const codesOfSixDigits = 1_000_000
/** With so many guesses at so many codes a day, an address is safe for centuries. */
const attemptsMax = 5

/** A little less than the page counts down, so that its clock may be ahead. */
const again: Bucket = { capacity: 1, perSecond: 1 / 55 }
const perDay: Bucket = { capacity: 10, perSecond: 10 / 86_400 }
const perNetwork: Bucket = { capacity: 20, perSecond: 20 / 3_600 }

/**
 * Makes a code, to be told to nobody but by mail. Only a hash is kept that needs the installation's
 * secret. Goes on the same whether or not it will be sent.
 * @param address where it was asked for
 * @throws AppError `rate.limited` when the address or the network has had too many
 */
export async function newMailCode(deps: Deps, about: CodeFor, address: string): Promise<string> {
  const to = deps.vault.tag(users.emailKeyOf(about.email))
  await requireRate(deps, [
    [`mail-code:network:${networkOf(address)}`, perNetwork],
    [`mail-code:to:${to}`, again],
    [`mail-code:day:${to}`, perDay],
  ])
  const code = String(randomInt(codesOfSixDigits)).padStart(6, "0")
  const now = deps.now()
  await mailCodes.saveMailCode(deps.db, {
    ...keyOf(deps, about, code),
    createdAt: now,
    expiresAt: now + codeMinutes * 60_000,
  })
  return code
}

/**
 * Judges a guess.
 * @returns what uses the code up in the transaction that does what it is for
 * @throws AppError `mail-code.wrong` also for one that is too old, used up, or was guessed at too often
 */
export async function checkMailCode(
  deps: Deps,
  about: CodeFor,
  code: string,
): Promise<{ use: (tx: Db) => Promise<void> }> {
  const key = keyOf(deps, about, code)
  const kept = await mailCodes.countGuess(deps.db, { id: key.id, now: deps.now(), attemptsMax })
  if (kept === undefined || !isSame(kept, key.codeHash)) throw new AppError("mail-code.wrong")
  return {
    async use(tx) {
      if (!(await mailCodes.useMailCode(tx, key))) throw new AppError("mail-code.wrong")
    },
  }
}

const keyOf = ({ vault }: Deps, { purpose, email, owner = "" }: CodeFor, code: string) => {
  const about = `${purpose} ${owner} ${users.emailKeyOf(email)}`
  return { id: vault.tag(`mail code: ${about}`), codeHash: vault.tag(`${code} for ${about}`) }
}

const isSame = (kept: string, given: string) =>
  kept.length === given.length && timingSafeEqual(Buffer.from(kept), Buffer.from(given))
