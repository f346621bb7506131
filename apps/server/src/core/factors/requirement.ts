import { type Db, factors, type identity } from "@nio/db"
import type { Deps } from "../deps.ts"

type Judged = Pick<identity.ActorRow, "id" | "role">

/** Whether this site wants them to have a second factor. */
export function isFactorRequired({ live }: Pick<Deps, "live">, role: Judged["role"]): boolean {
  const who = live.current().settings["security.requireSecondFactor"]
  return who === "everyone" || (who === "admins" && role === "admin")
}

/** Whether they must have one and have none: then they may do nothing but set one up. */
export async function isFactorMissing(
  deps: Pick<Deps, "live">,
  db: Db,
  { id, role }: Judged,
): Promise<boolean> {
  if (!isFactorRequired(deps, role)) return false
  const { authenticator, passkey } = await factors.factorsOf(db, id)
  return !authenticator && !passkey
}
