import { storedResponses } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { cancelRun } from "./background.ts"
import { findResponse } from "./find-response.ts"

/** Forgets a kept answer; one that is being written is stopped. @throws AppError `response.not-found` */
export async function deleteResponse(deps: Deps, actor: Actor, id: string): Promise<void> {
  const { keyId } = await findResponse(deps, actor, id)
  cancelRun(deps, id)
  await storedResponses.remove(deps.db, { keyId, id })
}
