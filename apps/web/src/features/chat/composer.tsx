import { imagesMax, messageCharsMax } from "@nio/server/contract/chat-limits"
import { ArrowUp, ImagePlus, Square } from "lucide-react"
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatCount } from "../../lib/format.ts"
import { IconButton } from "../../ui/icon-button.tsx"
import { Spinner } from "../../ui/spinner.tsx"
import { toast } from "../../ui/toast.tsx"
import { ComposerImages } from "./composer-images.tsx"
import type { Draft } from "./draft.ts"
import { useDropImages } from "./drop-images.tsx"
import { shrinkImage } from "./shrink-image.ts"
import { useDraft } from "./use-draft.ts"

const composerId = "composer"
export const focusComposer = () => document.getElementById(composerId)?.focus()

/** On a phone the keyboard has no Shift + Enter, and Enter makes a new line. */
const enterSends = () => !matchMedia("(pointer: coarse)").matches

/**
 * Where one writes. What is written stays until the server has taken it: `onSend` says so by
 * `onTaken`, and rejects when it was refused. Until it resolves nothing more can be written, for a
 * new conversation may still be on its way to its own page.
 */
export function Composer(props: {
  conversationId: string | null
  /** An answer is being written here; it must end before the next message. */
  runId: string | null
  disabled: boolean
  /** Whether pictures can be sent along; true when left out. */
  images?: boolean
  model: ReactNode
  notice?: ReactNode
  onSend: (draft: Draft, onTaken: () => void) => Promise<unknown>
  onStop: () => void
}) {
  const { t } = useTranslation()
  const { draft, kept, setDraft, clear } = useDraft(props.conversationId)
  const [sending, setSending] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const tooLong = draft.text.length - messageCharsMax
  const empty = draft.text.trim() === "" && draft.images.length === 0
  const canSend = !empty && !sending && !props.runId && !props.disabled && tooLong <= 0

  useEffect(() => {
    if (enterSends()) box.current?.focus()
  }, [])

  async function send() {
    if (!canSend) return
    setSending(true)
    try {
      await props.onSend(draft, clear)
    } catch {
      // The page says why; the text stays.
    } finally {
      setSending(false)
    }
  }

  async function addImages(files: readonly File[]) {
    for (const file of files) {
      try {
        const image = await shrinkImage(file)
        setDraft((now) => {
          if (now.images.length < imagesMax) return { ...now, images: [...now.images, image] }
          toast.error(t("composer.imagesMax", { count: imagesMax }))
          return now
        })
      } catch {
        toast.error(t("composer.imageUnreadable", { name: file.name }))
      }
    }
  }
  const withImages = props.images ?? true
  const dropping = useDropImages(addImages)

  function onKeyDown(event: KeyboardEvent) {
    // While a word is being composed, Enter chooses it; 229 is how Safari says so.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key !== "Enter" || event.shiftKey || !enterSends()) return
    event.preventDefault()
    void send()
  }

  return (
    <div className="mx-auto w-full max-w-[45rem] px-3 pb-3 [padding-bottom:max(0.75rem,env(safe-area-inset-bottom))] sm:px-6">
      {props.notice}
      {withImages && dropping}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
        className="rounded-lg bg-raised shadow-rest transition-shadow duration-100 focus-within:shadow-float"
      >
        <ComposerImages
          images={draft.images}
          onRemove={(at) =>
            setDraft((now) => ({ ...now, images: now.images.filter((_, index) => index !== at) }))
          }
        />
        <textarea
          ref={box}
          id={composerId}
          rows={1}
          aria-label={t("composer.label")}
          aria-describedby={`${composerId}-note`}
          placeholder={t("composer.placeholder")}
          value={draft.text}
          readOnly={sending}
          onChange={(event) => {
            const text = event.target.value
            setDraft((now) => ({ ...now, text }))
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...event.clipboardData.files]
            if (files.length === 0 || !withImages) return
            event.preventDefault()
            void addImages(files)
          }}
          className="field-sizing-content block max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-4 pt-3.5 pb-1 text-base outline-none"
        />
        <div className="flex items-center gap-1 p-2">
          {withImages && <PickImages onPick={addImages} />}
          <div className="min-w-0">{props.model}</div>
          <p
            id={`${composerId}-note`}
            className={`min-w-0 grow truncate px-2 text-right text-xs ${tooLong > 0 || !kept ? "text-danger" : "text-muted"}`}
          >
            {tooLong > 0
              ? t("composer.tooLong", { count: formatCount(tooLong) })
              : !kept
                ? t("composer.notKept")
                : draft.text.includes("\n") || draft.text.length > 80
                  ? ""
                  : enterSends() && <span className="hidden sm:inline">{t("composer.hint")}</span>}
          </p>
          {props.runId ? (
            <IconButton
              label={t("composer.stop")}
              keys="Esc"
              size="lg"
              onClick={props.onStop}
              className="bg-ink text-canvas! hover:bg-ink hover:opacity-85"
            >
              <Square className="size-3.5 fill-current" />
            </IconButton>
          ) : (
            <IconButton
              type="submit"
              label={t(sending ? "composer.sending" : "composer.send")}
              size="lg"
              disabled={!canSend}
              className="bg-accent text-on-accent! hover:bg-accent-strong disabled:bg-active disabled:text-muted! disabled:opacity-100 disabled:hover:bg-active"
            >
              {sending ? <Spinner /> : <ArrowUp className="size-5" />}
            </IconButton>
          )}
        </div>
      </form>
    </div>
  )
}

function PickImages({ onPick }: { onPick: (files: File[]) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(event) => {
          onPick([...(event.target.files ?? [])])
          event.target.value = ""
        }}
      />
      <IconButton label={t("composer.image")} onClick={() => input.current?.click()}>
        <ImagePlus className="size-4.5" />
      </IconButton>
    </>
  )
}
