import { type Actor, requireActive } from "../../core/actor.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { actorFromKey, actorFromSession } from "../../core/identity/actor-of.ts"

/** Ours have 43 characters. What is longer is not worth hashing. */
const tokenCharsMax = 256

/**
 * Who sends this credential: an API key (`sk-…`), or the token of a session that `/login` or
 * `/register` began; with `Bearer ` in front or without. A token that is none makes a stranger, as it
 * always has; a key that is none is refused.
 *
 * @throws AppError `auth.key-invalid`, `auth.password-expired`, `key.expired`, `key.address`
 */
export async function callerOf(
  deps: Deps,
  credential: string,
  address: () => string,
): Promise<Actor | undefined> {
  const text = credential.replace(/^bearer\s+/i, "").trim()
  if (text.startsWith("sk-")) return requireActive(await actorFromKey(deps, text, address))
  if (text === "" || text.length > tokenCharsMax) return undefined
  return actorFromSession(deps, text, "token")
}

/** @throws AppError `auth.required` */
export function requireCaller(caller: Actor | undefined): Actor {
  if (!caller) throw new AppError("auth.required")
  return caller
}

/**
 * Keys are given to programs: what concerns the account itself is for its owner's sessions.
 * @throws AppError `auth.required`, `auth.forbidden`
 */
export function requireSession(caller: Actor | undefined): Actor {
  const actor = requireCaller(caller)
  if (actor.keyId) throw new AppError("auth.forbidden")
  return requireActive(actor)
}
