import { createFileRoute } from "@tanstack/react-router"
import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { AuditPage } from "../../../features/admin-audit/audit-page.tsx"
import { type AuditFilter, filterOf } from "../../../features/admin-audit/filter.ts"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"

export const Route = createFileRoute("/_app/admin/audit")({
  validateSearch: filterOf,
  component: Audit,
})

function Audit() {
  const { t } = useTranslation("audit")
  const filter = Route.useSearch()
  const navigate = Route.useNavigate()
  const onFilter = useCallback(
    (search: AuditFilter) => void navigate({ search, replace: true }),
    [navigate],
  )
  return (
    <>
      <AdminTitle title={t("title")} text={t("text")} />
      <AuditPage filter={filter} onFilter={onFilter} />
    </>
  )
}
