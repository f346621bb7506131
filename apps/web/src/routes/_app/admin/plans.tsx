import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { EditPlans } from "../../../features/plan/edit-plans.tsx"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"

export const Route = createFileRoute("/_app/admin/plans")({ component: Plans })

function Plans() {
  const { t } = useTranslation("plans")
  return (
    <>
      <AdminTitle title={t("admin.title")} text={t("admin.text")} />
      <EditPlans />
    </>
  )
}
