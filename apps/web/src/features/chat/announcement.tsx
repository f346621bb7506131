import type { MessageView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { lastFinished } from "./chat-client.ts"

const spokenCharsMax = 2_000

/** Without the signs that only say how it looks. */
const spoken = (markdown: string) =>
  markdown
    .replace(/```[\s\S]*?(?:```|$)/g, " … ")
    .replace(/[*_#>`|~]+/g, "")
    .slice(0, spokenCharsMax)

/** Those who hear the page hear an answer once, when it is complete; not each piece of it. */
export function FinishedAnnouncement(props: {
  conversationId: string | null
  messages: readonly MessageView[]
}) {
  const { t } = useTranslation()
  const finished = lastFinished.use()
  const here = finished && props.messages.some(({ id }) => id === finished.id)
  return (
    <div role="status" className="sr-only">
      {here && finished.state === "done" && `${t("chat.finished")}. ${spoken(finished.text)}`}
    </div>
  )
}
