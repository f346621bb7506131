import { ArrowDown } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Virtualizer } from "virtua"
import { IconButton } from "../../ui/icon-button.tsx"
import { Answer } from "./answer.tsx"
import type { PathEntry } from "./message-path.ts"
import { Question } from "./question.tsx"
import { useStickToBottom } from "./use-stick-to-bottom.ts"

/** Drawn beyond what is in sight, in pixels, so that scrolling meets no blank. */
const bufferPixels = 600

/** The messages of the path shown. Only those near the window are in the page. */
export function Thread(props: { conversationId: string; path: readonly PathEntry[] }) {
  const { t } = useTranslation()
  const { scroller, content, list, atEnd, goToEnd } = useStickToBottom(
    props.conversationId,
    props.path.length,
    props.path.at(-1)?.message.id,
  )
  const last = props.path.length - 1

  return (
    <div className="relative min-h-0 grow [contain:strict]">
      <section
        ref={scroller}
        aria-label={t("chat.label")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="h-full overflow-y-auto overflow-x-hidden [overflow-anchor:none] [scrollbar-gutter:stable_both-edges]"
      >
        <div ref={content} className="mx-auto w-full max-w-[45rem] px-4 pb-6 sm:px-6">
          <Virtualizer ref={list} scrollRef={scroller} bufferSize={bufferPixels}>
            {props.path.map((entry, index) =>
              entry.message.role === "assistant" ? (
                <Answer key={entry.message.id} entry={entry} last={index === last} />
              ) : (
                <Question key={entry.message.id} entry={entry} last={index === last} />
              ),
            )}
          </Virtualizer>
        </div>
      </section>
      {!atEnd && (
        <IconButton
          label={t("chat.latest")}
          onClick={goToEnd}
          className="-translate-x-1/2 absolute bottom-3 left-1/2 animate-appear rounded-full! bg-raised text-ink shadow-float hover:bg-raised"
        >
          <ArrowDown className="size-4.5" />
        </IconButton>
      )}
    </div>
  )
}
