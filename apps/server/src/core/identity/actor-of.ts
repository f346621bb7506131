import { apiKeys, identity } from "@nio/db"
import { apiKeyLimits } from "../../contract/index.ts"
import type { Actor, Group } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { isFactorMissing } from "../factors/requirement.ts"
import { actorCache } from "./actor-cache.ts"
import { requireKey } from "./require-key.ts"
import { hashOf } from "./token.ts"

/** How long a session lasts after it was last used. */
export const sessionMs = 30 * 24 * 3_600_000
/** How far what is noted of a session's use may lag behind: saves a write per request. */
const sessionLagMs = 10 * 60_000

/**
 * Who holds this API key, which must be good now and from this address. From memory when the key was
 * seen in the last two seconds.
 *
 * @throws AppError `auth.key-missing`, `auth.key-invalid`, `auth.password-expired`, `key.expired`,
 *   `key.address`
 */
export async function actorFromKey(deps: Deps, key: string, address: () => string): Promise<Actor> {
  if (!key) throw new AppError("auth.key-missing")
  if (!keyShape.test(key)) throw new AppError("auth.key-invalid")
  const hash = hashOf(key)
  const actor = await actorCache(deps).get(`key:${hash}`, () => loadByKey(deps, hash))
  requireKey(deps, actor, address)
  return actor
}
const keyShape = /^sk-[\w-]{20,200}$/

async function loadByKey(deps: Deps, hash: string): Promise<Actor> {
  const row = await identity.findActorByKey(deps.db, hash)
  if (row?.state !== "active") throw new AppError("auth.key-invalid")
  if (row.passwordExpired) throw new AppError("auth.password-expired")
  if (await isFactorMissing(deps, deps.db, row)) throw new AppError("auth.factor-missing")
  noteUse(deps, row)
  return { ...toActor(row, deps.now()), keyId: row.keyId, ...keyTermsOf(deps, row) }
}

/** How far the time a key was last used may lag behind: it is written once a minute. */
const useLagMs = 60_000

/** Nobody waits for it, and nothing depends on it. */
function noteUse(deps: Deps, { keyId, lastUsedAt }: identity.KeyActorRow): void {
  const now = deps.now()
  if (lastUsedAt !== null && lastUsedAt > now - useLagMs) return
  apiKeys
    .noteKeyUse(deps.db, { id: keyId, now, before: now - useLagMs })
    .catch((cause) => deps.log.warn("the use of a key was not noted", { keyId, cause }))
}

/** Limits that cannot be read are no limits to be passed: the key is refused. */
function keyTermsOf(deps: Deps, row: identity.KeyActorRow): Pick<Actor, "keyTerms"> {
  const { keyId, spendCap } = row
  if (row.limits === null && spendCap === null) return {}
  const limits = apiKeyLimits.safeParse(row.limits)
  if (limits.success) return { keyTerms: { limits: limits.data, spendCap } }
  deps.log.error("the limits of a key cannot be read", { keyId, cause: limits.error })
  throw new AppError("auth.key-invalid")
}

/**
 * Who holds this session's token; undefined when it has ended. Using it puts its end off. What was
 * given to one kind of client is no good in the hands of the other.
 */
export async function actorFromSession(
  deps: Deps,
  token: string,
  kind: Actor["sessionKind"] = "cookie",
): Promise<Actor | undefined> {
  const actor = await actorOfSession(deps, hashOf(token))
  return actor?.sessionKind === kind ? actor : undefined
}

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
    await identity.moveSession(deps.db, id, { expiresAt: now + sessionMs, lastSeenAt: now })
  const factorMissing = await isFactorMissing(deps, deps.db, row)
  return { ...toActor(row, now), factorMissing, sessionId: id, sessionKind: row.kind }
}

/** The group is that of what they subscribed to by `now`, whether or not its level is still offered. */
export function toActor(row: identity.ActorRow, now: number): Actor {
  const { subscription } = row
  const isAdmin = row.role === "admin"
  const lasts = subscription && subscription.level > 0 && subscription.expiresAt > now
  return {
    userId: row.id,
    name: row.name,
    isAdmin,
    group: isAdmin ? "admin" : (lasts && groupOfLevel[subscription.level]) || "normal",
    passwordExpired: row.passwordExpired,
    ...(lasts && { subscription }),
  }
}

const groupOfLevel: Record<number, Group> = { 1: "basic", 2: "standard", 3: "pro" }
