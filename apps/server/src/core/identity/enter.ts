import type { identity } from "@nio/db"
import type { SecondFactorAsked } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { askSecondFactor } from "../factors/sign-in-challenge.ts"
import { beginSession, type Visit } from "./begin-session.ts"

/** Somebody is in, or is to show a second factor first; the token for the cookie is only there when they are. */
export type Entered =
  | { token: string; actor: Actor; secondFactor?: never }
  | { secondFactor: SecondFactorAsked; token?: never; actor?: never }

/**
 * Lets in whoever has proved one thing, such as their password or an account elsewhere; who has a
 * second factor is asked for it. Every way in that is not a passkey or a code leads through here.
 */
export async function enter(deps: Deps, user: identity.ActorRow, visit: Visit): Promise<Entered> {
  const secondFactor = await askSecondFactor(deps, user.id)
  return secondFactor ? { secondFactor } : beginSession(deps, deps.db, user, visit)
}
