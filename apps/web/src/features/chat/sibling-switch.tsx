import { ChevronLeft, ChevronRight } from "lucide-react"
import { useTranslation } from "react-i18next"
import { IconButton } from "../../ui/icon-button.tsx"
import { useChat } from "./chat-context.ts"
import type { PathEntry } from "./message-path.ts"

/** Between the versions of one message. */
export function SiblingSwitch({ entry }: { entry: PathEntry }) {
  const { t } = useTranslation()
  const { showVersion } = useChat()
  const { siblings, message } = entry
  if (siblings.length < 2) return null
  const at = siblings.findIndex(({ id }) => id === message.id)
  const show = (index: number) => {
    const sibling = siblings[index]
    if (sibling) showVersion(sibling.id)
  }

  return (
    <fieldset
      className="flex items-center"
      aria-label={t("chat.sibling", { at: at + 1, count: siblings.length })}
    >
      <IconButton
        size="sm"
        label={t("chat.previous")}
        disabled={at <= 0}
        onClick={() => show(at - 1)}
      >
        <ChevronLeft className="size-4" />
      </IconButton>
      <span className="px-0.5 text-muted text-xs tabular-nums">
        {at + 1}/{siblings.length}
      </span>
      <IconButton
        size="sm"
        label={t("chat.next")}
        disabled={at >= siblings.length - 1}
        onClick={() => show(at + 1)}
      >
        <ChevronRight className="size-4" />
      </IconButton>
    </fieldset>
  )
}
