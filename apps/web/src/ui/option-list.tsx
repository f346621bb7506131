import { Check, Search } from "lucide-react"
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react"

export type Option = {
  value: string
  /** What is searched and announced. */
  label: string
  /** To its right: a price, a hint. */
  detail?: ReactNode
}

/** Every word must occur somewhere. */
function matches(label: string, search: string) {
  const text = label.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** More than these are not drawn at once; searching narrows them down. */
const shownMax = 200

/**
 * A list to search and choose from, for use inside a popover or dialog. The search box keeps the
 * focus; arrows, Home, End and Enter move and choose.
 */
export function OptionList(props: {
  options: readonly Option[]
  value: string | null
  onChoose: (value: string) => void
  searchLabel: string
  emptyLabel: string
  footer?: ReactNode
}) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [search, setSearch] = useState("")
  const shown = useMemo(
    () => props.options.filter((option) => matches(option.label, search)).slice(0, shownMax),
    [props.options, search],
  )
  const [cursor, setCursor] = useState(() =>
    Math.max(
      0,
      props.options.findIndex((option) => option.value === props.value),
    ),
  )
  const at = Math.min(cursor, shown.length - 1)

  function move(to: number) {
    const next = Math.max(0, Math.min(shown.length - 1, to))
    setCursor(next)
    list.current?.children[next]?.scrollIntoView({ block: "nearest" })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: shown.length - 1,
    }
    const chosen = shown[at]
    if (event.key in moves) move(moves[event.key]!)
    else if (event.key === "Enter" && chosen) props.onChoose(chosen.value)
    else return
    event.preventDefault()
  }

  return (
    <div className="flex max-h-96 min-h-0 flex-col">
      <div className="flex shrink-0 items-center gap-2 border-line border-b px-3">
        <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: it is what the popover was opened for
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
          aria-label={props.searchLabel}
          placeholder={props.searchLabel}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value)
            setCursor(0)
          }}
          onKeyDown={onKeyDown}
          className="h-11 w-full bg-transparent text-base outline-none md:text-sm"
        />
      </div>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={props.searchLabel}
        className="min-h-0 overflow-y-auto p-1"
      >
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search box's
          // biome-ignore lint/a11y/useFocusableInteractive: the search box keeps the focus
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={option.value === props.value}
            onClick={() => props.onChoose(option.value)}
            onPointerMove={() => index !== at && setCursor(index)}
            className={`flex min-h-10 cursor-pointer items-center gap-3 rounded-sm px-2.5 py-1.5 ${index === at ? "bg-hover" : ""}`}
          >
            <span className="min-w-0 grow truncate">{option.label}</span>
            {option.detail}
            <Check
              aria-hidden="true"
              className={`size-4 shrink-0 text-accent ${option.value === props.value ? "" : "invisible"}`}
            />
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p className="px-3 pt-1 pb-4 text-sm text-muted" role="status">
          {props.emptyLabel}
        </p>
      )}
      {props.footer && <div className="shrink-0 border-line border-t p-1">{props.footer}</div>}
    </div>
  )
}
