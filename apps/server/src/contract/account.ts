import { z } from "zod"
import { passwordText } from "./identity.ts"

/** Characters a new name has. */
export const nameChars = { min: 2, max: 24 } as const

/** Judged in the core, by rules a person is told one by one. */
const personName = z.string().max(255)
const mailAddress = z.string().trim().max(254).pipe(z.email())
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
  email: mailAddress.optional(),
  code: mailCode.optional(),
})

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
