import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"

export const Route = createFileRoute("/_app/admin/channels")({ component: ChannelsPage })

function ChannelsPage() {
  const { t } = useTranslation("admin")
  return <h1 className="font-semibold text-lg">{t("channels.title")}</h1>
}
