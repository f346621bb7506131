import { AppError } from "./error.ts"

/** Seed groups, B8. Paid levels are derived from the subscription. */
export type Group = "anonymous" | "normal" | "basic" | "standard" | "pro" | "admin"

/** Who asks: made by an edge, judged by the core. */
export type Actor = {
  userId: string
  name: string
  isAdmin: boolean
  group: Group
  /** Set while the account still has its first password: it may do nothing but change it. */
  passwordExpired: boolean
  /** The API key used, when one was. */
  keyId?: string
  /** The session used, when one was: the hash of its token. */
  sessionId?: string
}

/** @throws AppError `auth.password-expired` */
export function requireActive(actor: Actor): Actor {
  if (actor.passwordExpired) throw new AppError("auth.password-expired")
  return actor
}

/** @throws AppError `auth.password-expired`, `auth.forbidden` */
export function requireAdmin(actor: Actor): Actor {
  requireActive(actor)
  if (!actor.isAdmin) throw new AppError("auth.forbidden")
  return actor
}
