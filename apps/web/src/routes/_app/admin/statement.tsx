import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"
import { SiteStatement } from "../../../features/statement/site-statement.tsx"

export const Route = createFileRoute("/_app/admin/statement")({ component: StatementPage })

function StatementPage() {
  const { t } = useTranslation("money")
  return (
    <>
      <AdminTitle title={t("title")} text={t("site.text")} />
      <SiteStatement />
    </>
  )
}
