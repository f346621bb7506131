import { storedResponses } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { cancelRun } from "./background.ts"
import { findResponse, isUnderWay } from "./find-response.ts"

/**
 * Ends an answer that is written in the background, wherever it is; what was delivered is charged.
 * One that has ended stays as it is.
 *
 * @returns the response as it is now
 * @throws AppError `response.not-found`, `input.invalid` when somebody waits for it
 */
export async function cancelResponse(deps: Deps, actor: Actor, id: string) {
  const { keyId, body } = await findResponse(deps, actor, id)
  if (body.background !== true)
    throw new AppError("input.invalid", {
      detail: "only answers in the background can be cancelled",
    })
  if (!isUnderWay(body)) return body
  const cancelled = { ...body, status: "cancelled" }
  await storedResponses.update(deps.db, { keyId, id }, { body: cancelled })
  cancelRun(deps, id)
  return cancelled
}
