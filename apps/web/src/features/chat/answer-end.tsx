import type { MessageView } from "@nio/server/contract"
import { CircleAlert, CircleSlash } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { useChat } from "./chat-context.ts"
import { FailureNotice } from "./failure-notice.tsx"

/** How an answer ended, when it did not simply end; and how to go on. */
export function AnswerEnd({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const { busy, goOn } = useChat()
  const { state } = message
  const again = (label: string) => (
    <Button size="sm" disabled={busy} onClick={() => goOn(message.id)}>
      {label}
    </Button>
  )

  if (state === "failed" && message.failure)
    return (
      <div className="mt-3">
        <FailureNotice
          failure={message.failure}
          charged={(message.charge ?? 0) > 0}
          retry={again(t(message.text ? "chat.continue" : "common.retry"))}
        />
      </div>
    )
  if (state === "interrupted" || state === "failed")
    return (
      <div className="mt-3">
        <Notice
          tone="warning"
          icon={<CircleAlert className="size-4" />}
          actions={again(t("chat.continue"))}
        >
          {t("chat.interrupted")}
        </Notice>
      </div>
    )
  if (state === "stopped")
    return (
      <p className="mt-3 flex items-center gap-2.5 text-muted text-sm">
        <CircleSlash className="size-4" />
        {t("chat.stopped")}
        {again(t("chat.continue"))}
      </p>
    )
  if (state === "done" && !message.text && !message.reasoning)
    return <p className="text-muted text-sm">{t("chat.empty")}</p>
  return null
}
