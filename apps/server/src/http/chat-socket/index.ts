import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { useTicket } from "../../core/identity/ticket.ts"
import { type Doorman, socketAt } from "../sockets.ts"
import { chatImages } from "./images.ts"
import { createChatSession } from "./session.ts"

/**
 * `GET /chat?ticket=…`, and the pictures of messages beside it. Who comes without a ticket is left to
 * the `other` doorman, whose clients use the same address.
 */
export function chatSocket(deps: Deps, other: Doorman) {
  const doorman: Doorman = async (upgrade) => {
    const { ticket } = upgrade.query
    if (ticket === undefined) return other(upgrade)
    const { sessionId } = await useTicket(deps, ticket)
    return (peer) => createChatSession(deps, sessionId, peer)
  }
  return new Elysia({ name: "chat-socket" })
    .use(chatImages(deps))
    .use(socketAt(deps, "/chat", doorman))
}
