import type { CodeBatchView } from "@nio/server/contract"
import { Search } from "lucide-react"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatCount, formatDate, formatPoints } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Input } from "../../ui/input.tsx"
import { Select } from "../../ui/select.tsx"
import { type CodeFilter, filterOf, states } from "./filter.ts"

/** After the last key press, so that a word is one search. */
const pauseMs = 250

export function CodeFilters(props: { filter: CodeFilter; onFilter: (filter: CodeFilter) => void }) {
  const { filter, onFilter } = props
  const { t } = useTranslation("codes")
  const batches = trpc.code.batches.useQuery({ kind: filter.kind })
  const { text, setText } = useSearch(filter, onFilter)
  const choose = (change: Record<string, unknown>) => onFilter(filterOf({ ...filter, ...change }))

  return (
    <div className="mb-4 flex flex-col gap-2 md:flex-row">
      <div className="relative grow md:max-w-sm">
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
      <Select
        aria-label={t("state")}
        className="md:w-40!"
        value={filter.state ?? ""}
        onChange={(event) => choose({ state: event.target.value })}
      >
        <option value="">{t("state.all")}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`state.${state}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t("batch")}
        className="md:w-72!"
        value={filter.batch ?? ""}
        onChange={(event) => choose({ batch: event.target.value })}
      >
        <option value="">{t("batch.all")}</option>
        {batches.data?.map((batch) => (
          <BatchOption key={batch.id} batch={batch} />
        ))}
      </Select>
    </div>
  )
}

function BatchOption({ batch }: { batch: CodeBatchView }) {
  const { t } = useTranslation("codes")
  const name = batch.name || batch.type || t("batch.unnamed", { date: formatDate(batch.createdAt) })
  const [count, points] = [formatCount(batch.count), formatPoints(batch.points)]
  return <option value={batch.id}>{t("batch.option", { name, count, points })}</option>
}

/** What is typed reaches the address a moment later; going back in history changes the box. */
function useSearch(filter: CodeFilter, onFilter: (filter: CodeFilter) => void) {
  const asked = filter.q ?? ""
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  useEffect(() => {
    const q = text.trim()
    if (q === asked) return
    const timer = setTimeout(() => onFilter(filterOf({ ...filter, q })), pauseMs)
    return () => clearTimeout(timer)
  }, [text, asked, filter, onFilter])
  return { text, setText }
}
