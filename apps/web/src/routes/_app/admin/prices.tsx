import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"

export const Route = createFileRoute("/_app/admin/prices")({ component: PricesPage })

function PricesPage() {
  const { t } = useTranslation("admin")
  return <h1 className="font-semibold text-lg">{t("prices.title")}</h1>
}
