import { ChevronRight } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"

const Markdown = lazy(async () => ({
  default: (await import("../../ui/markdown/markdown.tsx")).Markdown,
}))

/** How the model came to its answer: folded away unless someone wants to read it. */
export function Reasoning({ text, thinking }: { text: string; thinking: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div className="mb-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-8 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink"
      >
        <ChevronRight
          className={`size-4 transition-transform duration-150 ${open ? "rotate-90" : ""}`}
        />
        <span className={thinking ? "animate-breathe" : ""}>
          {t(thinking ? "chat.thinking" : "chat.reasoning")}
        </span>
      </button>
      {open && (
        <div className="mt-1 ml-2 border-line border-l-2 pl-4 text-muted [&_.prose]:text-sm">
          <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
            <Markdown text={text} writing={thinking} />
          </Suspense>
        </div>
      )}
    </div>
  )
}
