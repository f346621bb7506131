import { RefreshCw } from "lucide-react"
import { lazy, memo, Suspense, useDeferredValue } from "react"
import { useTranslation } from "react-i18next"
import { IconButton } from "../../ui/icon-button.tsx"
import { AnswerEnd } from "./answer-end.tsx"
import { useChat } from "./chat-context.ts"
import { CopyButton } from "./copy-button.tsx"
import { Cost } from "./cost.tsx"
import { useLiveAnswer } from "./live-answers.ts"
import { actionsClass } from "./message-actions.ts"
import type { PathEntry } from "./message-path.ts"
import { Reasoning } from "./reasoning.tsx"
import { SiblingSwitch } from "./sibling-switch.tsx"

const Markdown = lazy(async () => ({
  default: (await import("../../ui/markdown/markdown.tsx")).Markdown,
}))

/** What a model wrote, or is writing. Drawn anew only when its own text grows. */
export const Answer = memo(function Answer(props: { entry: PathEntry; last: boolean }) {
  const { t } = useTranslation()
  const { busy, regenerate } = useChat()
  const { message } = props.entry
  const live = useLiveAnswer(message.id)
  const writing = message.state === "writing"
  const text = (writing && live?.text) || message.text
  /** Drawn when nothing more urgent, such as a key press, wants its turn. */
  const drawn = useDeferredValue(text)
  const reasoning = (writing && live?.reasoning) || message.reasoning

  return (
    <article aria-label={t("chat.answer")} aria-busy={writing || undefined} className="group pt-3">
      {reasoning && <Reasoning text={reasoning} thinking={writing && !text} />}
      {text && (
        <Suspense fallback={<p className="whitespace-pre-wrap text-base">{text}</p>}>
          <Markdown text={drawn} writing={writing} />
        </Suspense>
      )}
      {writing && !text && !reasoning && <Waiting model={message.model ?? ""} />}
      <AnswerEnd message={message} />
      {!writing && (
        <div className={actionsClass(props.last)}>
          {text && <CopyButton text={text} />}
          <IconButton
            size="sm"
            label={t("chat.regenerate")}
            disabled={busy}
            onClick={() => regenerate(message.id)}
          >
            <RefreshCw className="size-3.5" />
          </IconButton>
          <SiblingSwitch entry={props.entry} />
          {message.model && (
            <span className="ml-1 min-w-0 truncate text-muted text-xs">{message.model}</span>
          )}
          <Cost message={message} />
        </div>
      )}
    </article>
  )
})

function Waiting({ model }: { model: string }) {
  const { t } = useTranslation()
  return (
    <p className="flex h-7 items-center gap-2.5 text-muted text-sm">
      <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-accent" />
      {t("chat.waiting", { model })}
    </p>
  )
}
