import { nodeState } from "../../core/node-state.ts"
import type { ChatSession } from "./session.ts"

/** The sockets of this node, for the day it stops: a server waits for open ones for ever. */
export const openSessions = nodeState(() => new Set<ChatSession>())
