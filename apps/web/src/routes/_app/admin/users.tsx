import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"

export const Route = createFileRoute("/_app/admin/users")({ component: UsersPage })

function UsersPage() {
  const { t } = useTranslation("admin")
  return <h1 className="font-semibold text-lg">{t("users.title")}</h1>
}
