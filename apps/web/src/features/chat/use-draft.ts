import { useCallback, useEffect, useRef, useState } from "react"
import { type Draft, emptyDraft, keepDraft, readDraft } from "./draft.ts"

const keepAfterMs = 250

/** The draft of a conversation: changes are kept soon, and at the latest when the page is left. */
export function useDraft(conversationId: string | null) {
  const [draft, setDraft] = useState(() => readDraft(conversationId))
  const [kept, setKept] = useState(true)
  const latest = useRef(draft)
  latest.current = draft

  const keep = useCallback(
    () => setKept(keepDraft(conversationId, latest.current)),
    [conversationId],
  )

  useEffect(() => {
    const timer = setTimeout(keep, keepAfterMs)
    return () => clearTimeout(timer)
  }, [draft, keep])

  useEffect(() => {
    addEventListener("pagehide", keep)
    return () => {
      removeEventListener("pagehide", keep)
      keepDraft(conversationId, latest.current)
    }
  }, [conversationId, keep])

  return {
    draft,
    kept,
    setDraft: setDraft as (change: (draft: Draft) => Draft) => void,
    clear() {
      latest.current = emptyDraft
      setDraft(emptyDraft)
      keepDraft(conversationId, emptyDraft)
    },
  }
}
