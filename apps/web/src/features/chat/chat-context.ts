import type { SessionView } from "@nio/server/contract"
import { createContext, useContext } from "react"

export type ChatActions = {
  /** An answer is being written: what would begin another one waits. */
  busy: boolean
  session: SessionView
  showVersion: (messageId: string) => void
  regenerate: (messageId: string) => void
  goOn: (messageId: string) => void
  /** @throws when it was not taken; the page says why */
  edit: (messageId: string, text: string) => Promise<unknown>
}

/** What can be done with the messages of the open conversation. */
export const ChatContext = createContext<ChatActions | null>(null)

export function useChat(): ChatActions {
  const actions = useContext(ChatContext)
  if (!actions) throw new Error("only inside of a conversation")
  return actions
}
