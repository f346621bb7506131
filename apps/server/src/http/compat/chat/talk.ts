import type { Opening } from "../../../core/chat/start-conversation.ts"
import type { ClientFrame } from "./frames.ts"
import type { Turn } from "./turn.ts"

/**
 * One conversation as a socket leads it. Messages have places, from 0: those of the path that is seen.
 * Every call may throw an AppError, which ends the turn.
 */
export type Talk = {
  /** Answers a question; resolves when the turn is over. */
  ask(frame: ClientFrame, turn: Turn): Promise<void>
  /** Answers the last question once more. */
  again(frame: ClientFrame, turn: Turn): Promise<void>
  edit(index: number, text: string): Promise<void>
  remove(index: number): Promise<void>
  /** Puts messages in front of everything else, and may name the conversation. */
  prepend(opening: readonly Opening[], title?: string): Promise<void>
  /** Ends the answer under way where it is. */
  stop(): void
  /** The client can take more. */
  drain(): void
  /** The client is gone. */
  close(): void
}

/** Whether the client can take more now. */
export type Room = { hasRoom(): boolean }

/** What an answer says that came to nothing. */
export const emptyText = "empty response"
