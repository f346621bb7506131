import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Select } from "../../ui/select.tsx"
import { type AuditFilter, filterOf } from "./filter.ts"

/** After the last key press, so that a word is one search. */
const pauseMs = 250

type Props = { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }

export function AuditFilters({ filter, onFilter }: Props) {
  const { t } = useTranslation("audit")
  const acts = trpc.audit.acts.useQuery()
  const { text, setText } = useActor({ filter, onFilter })
  const choose = (change: AuditFilter) => onFilter(filterOf({ ...filter, ...change }))
  return (
    <div className="mb-6 grid gap-3 *:min-w-0 sm:grid-cols-2 md:grid-cols-4">
      <Field label={t("actor")}>
        {(control) => (
          <Input
            {...control}
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("act")}>
        {(control) => (
          <Select
            {...control}
            value={filter.act ?? ""}
            onChange={(event) => choose({ act: event.target.value })}
          >
            <option value="">{t("act.all")}</option>
            {acts.data?.map((act) => (
              <option key={act} value={act}>
                {act}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("from")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={filter.from ?? ""}
            onChange={(event) => choose({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("to")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={filter.to ?? ""}
            onChange={(event) => choose({ to: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

/** What is typed reaches the address a moment later; going back in history changes the box. */
function useActor({ filter, onFilter }: Props) {
  const asked = filter.actor ?? ""
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  useEffect(() => {
    const actor = text.trim()
    if (actor === asked) return
    const timer = setTimeout(() => onFilter(filterOf({ ...filter, actor })), pauseMs)
    return () => clearTimeout(timer)
  }, [text, asked, filter, onFilter])
  return { text, setText }
}
