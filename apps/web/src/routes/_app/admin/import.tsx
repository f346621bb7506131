import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ImportPage } from "../../../features/admin-import/import-page.tsx"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"

export const Route = createFileRoute("/_app/admin/import")({ component: Page })

function Page() {
  const { t } = useTranslation("takeover")
  return (
    <>
      <AdminTitle title={t("title")} text={t("text")} />
      <ImportPage />
    </>
  )
}
