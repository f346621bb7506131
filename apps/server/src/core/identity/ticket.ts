import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { actorOfSession } from "./actor-of.ts"
import { hashOf, newToken } from "./token.ts"

const ticketMs = 30_000

/**
 * Opens one socket, once, within 30 seconds: a socket carries no cookie, so no foreign page can
 * open one with somebody's session.
 */
export async function createTicket(deps: Deps, actor: Actor): Promise<{ ticket: string }> {
  const { sessionId } = requireActive(actor)
  if (!sessionId) throw new AppError("auth.required")
  const ticket = newToken()
  await deps.kv.set(`ticket:${hashOf(ticket)}`, sessionId, ticketMs)
  return { ticket }
}

/** @throws AppError `ticket.invalid` when it is used up, too old, or its session has ended */
export async function useTicket(
  deps: Deps,
  ticket: string,
): Promise<Actor & { sessionId: string }> {
  const sessionId = await deps.kv.take(`ticket:${hashOf(ticket)}`)
  const actor = sessionId && (await actorOfSession(deps, sessionId))
  if (!sessionId || !actor) throw new AppError("ticket.invalid")
  return { ...requireActive(actor), sessionId }
}
