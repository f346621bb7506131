import { z } from "zod"
import { passwordText } from "./identity.ts"
import { languageTag } from "./language.ts"
import { mailAddress } from "./mail.ts"

/** Characters a new name has. */
export const nameChars = { min: 2, max: 24 } as const

/** Judged in the core, by rules a person is told one by one. */
const personName = z.string().max(255)
/** Six digits, however they were typed or pasted. */
const mailCode = z
  .string()
  .max(32)
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/))

/** `email` and `code` where the site sends mail. */
export const register = z.object({
  name: personName,
  password: passwordText,
  language: languageTag,
  email: mailAddress.optional(),
  code: mailCode.optional(),
})

/** Asks for a code by mail. `language` is what a stranger's mail is written in. */
export const mailCodeOrder = z.object({ email: mailAddress, language: languageTag })

/** API keys end as sessions do, unless `revokeKeys` is false. */
export const resetPassword = z.object({
  email: mailAddress,
  code: mailCode,
  password: passwordText,
  revokeKeys: z.boolean().default(true),
})

export const changeEmail = z.object({ email: mailAddress, code: mailCode })
export const setLanguage = z.object({ language: languageTag })

/** `name` is theirs, typed. */
export const deleteAccount = z.object({ name: z.string().max(255) })

/** What the owner of an account sees of it. */
export type ProfileView = {
  name: string
  email: string | null
  createdAt: number
}

export const rename = z.object({ name: personName })

/** The id of a session: a hash of its token. */
export const sessionId = z.string().regex(/^[0-9a-f]{64}$/)

/** A place where somebody is signed in. `kind` is `token` for programs that sign in by password. */
export type SessionEntry = {
  id: string
  userAgent: string
  address: string
  createdAt: number
  /** Lags behind by some minutes. */
  lastSeenAt: number
  kind: "cookie" | "token"
  /** Whether it is the one that asks. */
  current: boolean
}
