import { Plus } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Segmented } from "../../ui/segmented.tsx"
import { BatchActions } from "./batch-actions.tsx"
import { CodeFilters } from "./code-filters.tsx"
import { CodeList } from "./code-list.tsx"
import { CreateCodes } from "./create-codes.tsx"
import type { CodeFilter } from "./filter.ts"

const kinds = ["redeem", "gift"] as const

export function CodesPage(props: { filter: CodeFilter; onFilter: (filter: CodeFilter) => void }) {
  const { filter, onFilter } = props
  const { t } = useTranslation("codes")
  const [creating, setCreating] = useState(false)
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <Segmented
          label={t("kind")}
          value={filter.kind}
          onChange={(kind) => onFilter({ kind })}
          options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        <Button
          variant="primary"
          icon={<Plus className="size-4" />}
          onClick={() => setCreating(true)}
        >
          {t("create")}
        </Button>
      </div>
      <p className="mb-6 text-muted text-sm">{t(`kind.${filter.kind}.text`)}</p>
      <CodeFilters filter={filter} onFilter={onFilter} />
      <BatchActions filter={filter} />
      <CodeList filter={filter} />
      {creating && (
        <CreateCodes
          kind={filter.kind}
          onMade={(batch) => onFilter({ kind: filter.kind, batch })}
          onClose={() => setCreating(false)}
        />
      )}
    </>
  )
}
