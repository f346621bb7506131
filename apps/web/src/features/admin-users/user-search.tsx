import { Search } from "lucide-react"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { Input } from "../../ui/input.tsx"

/** After the last key press, so that a word is one search. */
const pauseMs = 250

export function UserSearch(props: { search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation("admin")
  const [text, setText] = useState(props.search)
  const { search, onSearch } = props

  useEffect(() => {
    if (text === search) return
    const timer = setTimeout(() => onSearch(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text, search, onSearch])

  return (
    <div className="relative mb-4 max-w-sm">
      <Search aria-hidden="true" className="absolute top-3 left-3 size-4 text-muted" />
      <Input
        type="search"
        aria-label={t("users.search")}
        placeholder={t("users.search")}
        className="pl-9"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}
