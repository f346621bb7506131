import { Pencil } from "lucide-react"
import { memo, useState } from "react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Textarea } from "../../ui/input.tsx"
import { useChat } from "./chat-context.ts"
import { CopyButton } from "./copy-button.tsx"
import { actionsClass } from "./message-actions.ts"
import type { PathEntry } from "./message-path.ts"
import { SiblingSwitch } from "./sibling-switch.tsx"

/** What a person wrote: as they wrote it, to the right. */
export const Question = memo(function Question(props: { entry: PathEntry; last: boolean }) {
  const { t } = useTranslation()
  const { busy } = useChat()
  const [editing, setEditing] = useState(false)
  const { message } = props.entry

  if (editing) return <EditQuestion entry={props.entry} onClose={() => setEditing(false)} />
  return (
    <article aria-label={t("chat.you")} className="group flex flex-col items-end pt-6">
      {message.images.length > 0 && (
        <ul className="mb-2 flex flex-wrap justify-end gap-2">
          {message.images.map((image, index) => (
            <li key={index}>
              <img
                src={image}
                alt={t("composer.imageAlt", { number: index + 1 })}
                className="max-h-56 max-w-full rounded-md"
              />
            </li>
          ))}
        </ul>
      )}
      {message.text && (
        <div className="max-w-[min(85%,36rem)] whitespace-pre-wrap rounded-lg rounded-br-sm bg-active px-4 py-2.5 text-base [overflow-wrap:anywhere]">
          {message.text}
        </div>
      )}
      <div className={`${actionsClass(props.last)} justify-end`}>
        <CopyButton text={message.text} />
        <IconButton
          size="sm"
          label={t("chat.edit")}
          disabled={busy}
          onClick={() => setEditing(true)}
        >
          <Pencil className="size-3.5" />
        </IconButton>
        <SiblingSwitch entry={props.entry} />
      </div>
    </article>
  )
})

function EditQuestion({ entry, onClose }: { entry: PathEntry; onClose: () => void }) {
  const { t } = useTranslation()
  const { edit, busy } = useChat()
  const [text, setText] = useState(entry.message.text)
  const [sending, setSending] = useState(false)

  async function send() {
    setSending(true)
    try {
      await edit(entry.message.id, text)
      onClose()
    } catch {
      setSending(false)
    }
  }

  return (
    <form
      className="pt-6"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Textarea
        autoFocus
        aria-label={t("chat.editLabel")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose()
        }}
        className="field-sizing-content max-h-[50dvh] resize-none md:text-base"
      />
      <div className="mt-2 flex items-center justify-end gap-2">
        <span className="min-w-0 grow text-muted text-xs">{t("chat.editNote")}</span>
        <Button size="sm" variant="ghost" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          size="sm"
          type="submit"
          variant="primary"
          busy={sending}
          disabled={busy || text.trim() === ""}
        >
          {t("chat.editSend")}
        </Button>
      </div>
    </form>
  )
}
