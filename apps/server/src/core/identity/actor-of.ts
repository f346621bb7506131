import { identity } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { actorCache } from "./actor-cache.ts"
import { hashOf } from "./token.ts"

/** How long a session lasts after it was last used. */
export const sessionMs = 30 * 24 * 3_600_000
/** How far a session's end may lag behind its use: saves a write per request. */
const sessionLagMs = 24 * 3_600_000

/**
 * Who holds this API key. From memory when the key was seen in the last two seconds.
 *
 * @throws AppError `auth.key-missing`, `auth.key-invalid`, `auth.password-expired`
 */
export function actorFromKey(deps: Deps, key: string): Promise<Actor> {
  if (!key) return Promise.reject(new AppError("auth.key-missing"))
  if (!keyShape.test(key)) return Promise.reject(new AppError("auth.key-invalid"))
  const hash = hashOf(key)
  return actorCache(deps).get(`key:${hash}`, () => loadByKey(deps, hash))
}
const keyShape = /^sk-[\w-]{20,200}$/

async function loadByKey(deps: Deps, hash: string): Promise<Actor> {
  const row = await identity.findActorByKey(deps.db, hash)
  if (row?.state !== "active") throw new AppError("auth.key-invalid")
  if (row.passwordExpired) throw new AppError("auth.password-expired")
  return { ...toActor(row), keyId: row.keyId }
}

/** Who holds this session's token; undefined when it has ended. Using it puts its end off. */
export const actorFromSession = (deps: Deps, token: string): Promise<Actor | undefined> =>
  actorOfSession(deps, hashOf(token))

/** The same by the session's id, for those who have shown its token before. */
export function actorOfSession(deps: Deps, id: string): Promise<Actor | undefined> {
  return actorCache(deps)
    .get(`session:${id}`, () => loadBySession(deps, id))
    .catch((error) => {
      if (error instanceof AppError && error.code === "auth.required") return undefined
      throw error
    })
}

async function loadBySession(deps: Deps, id: string): Promise<Actor> {
  const now = deps.now()
  const row = await identity.findActorBySession(deps.db, id, now)
  if (row?.state !== "active") throw new AppError("auth.required")
  if (row.expiresAt < now + sessionMs - sessionLagMs)
    await identity.moveSession(deps.db, id, now + sessionMs)
  return { ...toActor(row), sessionId: id }
}

/** Paid levels join the groups with the subscriptions. */
export const toActor = (row: identity.ActorRow): Actor => ({
  userId: row.id,
  name: row.name,
  isAdmin: row.role === "admin",
  group: row.role === "admin" ? "admin" : "normal",
  passwordExpired: row.passwordExpired,
})
