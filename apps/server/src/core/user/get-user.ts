import { apiKeys, billing, factors, identity, passkeys, userList } from "@nio/db"
import type { UserDetail } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { userView } from "./list-users.ts"

/** The latest of what was done to somebody. */
const actsShown = 50
const always = { from: 0, until: Number.MAX_SAFE_INTEGER }

/** @throws AppError `user.not-found` */
export async function getUser({ db, now }: Deps, actor: Actor, id: string): Promise<UserDetail> {
  requireAdmin(actor)
  const row = await userList.findUserDetail(db, id)
  if (!row) throw new AppError("user.not-found", { id })
  const [spent, keys, sessions, had, keysOfHand, acts] = await Promise.all([
    billing.spentBy(db, id, always),
    apiKeys.listApiKeysOf(db, id),
    identity.listSessionsOf(db, id, now()),
    factors.factorsOf(db, id),
    passkeys.listPasskeysOf(db, id),
    userList.auditOf(db, id, actsShown),
  ])
  const { emailVerified, language: _, ...listed } = row
  return {
    ...userView(listed, now()),
    emailVerified,
    spent,
    factors: { authenticator: had.authenticator, passkeys: keysOfHand.length },
    keys: keys.map(({ id, name, hint, createdAt, lastUsedAt }) => {
      return { id, name, hint, createdAt, lastUsedAt }
    }),
    sessions: sessions.map(({ id, userAgent, address, createdAt, lastSeenAt, kind }) => {
      return { id, userAgent, address, createdAt, lastSeenAt: lastSeenAt ?? createdAt, kind }
    }),
    acts: acts.map(({ actor, before, after, ...act }) => ({
      ...act,
      actor: actor ?? "",
      before: inWords(before),
      after: inWords(after),
    })),
  }
}

/** What the audit log keeps is of many shapes, and is read by people. */
const inWords = (value: unknown): string => (value === null ? "" : JSON.stringify(value))
