import { createFileRoute } from "@tanstack/react-router"
import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { CodesPage } from "../../../features/admin-codes/codes-page.tsx"
import { type CodeFilter, filterOf } from "../../../features/admin-codes/filter.ts"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"

export const Route = createFileRoute("/_app/admin/codes")({
  validateSearch: filterOf,
  component: Codes,
})

function Codes() {
  const { t } = useTranslation("codes")
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  const onFilter = useCallback(
    (search: CodeFilter) => void navigate({ search, replace: true }),
    [navigate],
  )
  return (
    <>
      <AdminTitle title={t("title")} text={t("text")} />
      <CodesPage filter={filter} onFilter={onFilter} />
    </>
  )
}
