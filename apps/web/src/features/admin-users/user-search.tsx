import { Search } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { Input } from "../../ui/input.tsx"

/** After the last key press, so that a word is one search. */
const pauseMs = 250

export function UserSearch(props: { search: string; onSearch: (search: string) => void }) {
  const { search, onSearch } = props
  const { t } = useTranslation("people")
  const [text, setText] = useState(search)
  /** What this box last asked for; anything else in `search` came from elsewhere, as by going back. */
  const asked = useRef(search)

  useEffect(() => {
    if (search === asked.current) return
    asked.current = search
    setText(search)
  }, [search])

  useEffect(() => {
    const next = text.trim()
    if (next === asked.current) return
    const timer = setTimeout(() => {
      asked.current = next
      onSearch(next)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [text, onSearch])

  return (
    <div className="relative">
      <Search aria-hidden="true" className="absolute top-3 left-3 size-4 text-muted" />
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        className="pl-9"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}
