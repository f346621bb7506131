import { Search } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"

const queryCharsMax = 400

/** Searches once with the saved settings, and shows what a model would be given. */
export function TrySearch() {
  const { t } = useTranslation("admin")
  const sentence = useErrorSentence()
  const [query, setQuery] = useState("")
  const test = trpc.search.test.useMutation()
  const found = test.data
  return (
    <div className="grid gap-3">
      <Field label={t("settings.search.try")} hint={t("settings.search.try.hint")}>
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              type="search"
              maxLength={queryCharsMax}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            <Button
              icon={<Search className="size-4" />}
              busy={test.isPending}
              disabled={query.trim() === ""}
              onClick={() => test.mutate({ query })}
            >
              {t("settings.search.try.do")}
            </Button>
          </span>
        )}
      </Field>
      <div aria-live="polite" className="empty:hidden">
        {test.error && <Notice tone="danger">{sentence(test.error)}</Notice>}
        {found && !found.ok && <Notice tone="danger">{found.message}</Notice>}
        {found?.ok && (
          <p className="whitespace-pre-wrap rounded-md bg-panel px-3.5 py-3 font-mono text-xs [overflow-wrap:anywhere]">
            {found.text}
          </p>
        )}
      </div>
    </div>
  )
}
