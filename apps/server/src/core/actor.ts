import { type ApiKeyLimits, type KeyGroup, keyGroups, type Micropoints } from "../contract/index.ts"
import { AppError } from "./error.ts"

/** Seed groups, B8. Paid levels are derived from the subscription. */
export type Group = "anonymous" | KeyGroup

/** Who asks: made by an edge, judged by the core. */
export type Actor = {
  userId: string
  name: string
  isAdmin: boolean
  group: Group
  /** What they subscribed to and has not ended: the group is theirs by it, and plans may pay. */
  subscription?: Subscription
  /** Set while the account still has its first password: it may do nothing but change it. */
  passwordExpired: boolean
  /** Set while they lack the second factor this site wants: they may do nothing but set one up. */
  factorMissing?: boolean
  /** The API key used, when one was. */
  keyId?: string
  /** What that key may do, when its owner has limited it. */
  keyTerms?: KeyTerms
  /** The session used, when one was: the hash of its token. */
  sessionId?: string
  /** How that session proves itself: by a browser's cookie, or by a token that is sent along. */
  sessionKind?: "cookie" | "token"
  /** Where a visitor calls from, by which they are limited; set for visitors alone. */
  address?: string
}

/** Monthly windows are counted from `startedAt`. */
export type Subscription = { level: number; startedAt: number; expiresAt: number }

/** `spendCap` is what the key may spend in all. */
export type KeyTerms = { limits: ApiKeyLimits; spendCap: Micropoints | null }

/** The groups whose channels this actor may use: those its key is kept to, or its own. */
export function groupsOf({ group, keyTerms }: Actor): readonly Group[] {
  const kept = keyTerms?.limits.groups ?? []
  return kept.length === 0 ? [group] : kept.filter((one) => isWithin(one, group))
}

/** Whether the actor's key leaves it this model. */
export function mayUse({ keyTerms }: Actor, model: string): boolean {
  const models = keyTerms?.limits.models ?? []
  return models.length === 0 || models.includes(model)
}

/** Whether `group` is `own` or one below it. */
export const isWithin = (group: KeyGroup, own: Group): boolean =>
  own !== "anonymous" && keyGroups.indexOf(group) <= keyGroups.indexOf(own)

/**
 * A visitor: somebody without an account. They may chat with what is free and open to everybody, within
 * limits by their address (`generation/limit-visitors.ts`). Every other verb refuses them.
 */
export const anonymousActor = (address: string): Actor => ({
  userId: "anonymous",
  name: "anonymous",
  isAdmin: false,
  group: "anonymous",
  passwordExpired: false,
  address,
})

export const isAnonymous = ({ group }: Actor): boolean => group === "anonymous"

/** @throws AppError `auth.required`, `auth.password-expired`, `auth.factor-missing` */
export function requireActive(actor: Actor): Actor {
  requireOwnPassword(actor)
  if (actor.factorMissing) throw new AppError("auth.factor-missing")
  return actor
}

/**
 * Lets through also who has yet to set up the second factor this site wants: for setting it up.
 * @throws AppError `auth.required`, `auth.password-expired`
 */
export function requireOwnPassword(actor: Actor): Actor {
  if (isAnonymous(actor)) throw new AppError("auth.required")
  if (actor.passwordExpired) throw new AppError("auth.password-expired")
  return actor
}

/** @throws AppError `auth.required`, `auth.password-expired`, `auth.factor-missing`, `auth.forbidden` */
export function requireAdmin(actor: Actor): Actor {
  requireActive(actor)
  if (!actor.isAdmin) throw new AppError("auth.forbidden")
  return actor
}
