import { audit, type Db } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** An act of an administrator. `before` and `after` are shown to others: never put a secret in. */
export type Audited = { act: string; targetId: string; before: unknown; after: unknown }

/** Writes down who did what: in the transaction that does it, so that there is never one without the other. */
export const recordAudit = (
  { now, newId }: Pick<Deps, "now" | "newId">,
  tx: Db,
  actor: Actor,
  entry: Audited,
): Promise<void> =>
  audit.insertAudit(tx, { ...entry, id: newId(), at: now(), actorId: actor.userId })
