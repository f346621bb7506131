import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { SettingsPage } from "../../../features/admin-settings/settings-page.tsx"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"

export const Route = createFileRoute("/_app/admin/settings")({ component: SettingsRoute })

function SettingsRoute() {
  const { t } = useTranslation("admin")
  return (
    <>
      <AdminTitle title={t("settings.title")} text={t("settings.text")} />
      <SettingsPage />
    </>
  )
}
